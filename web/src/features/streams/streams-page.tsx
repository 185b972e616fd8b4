import { bidiStreamingMethods, clientStreamingMethods } from "./methods/sending-method.ts";
import { SendingPanel } from "./panels/sending-panel.tsx";
import { ServerStreamingPanel } from "./panels/server-streaming-panel.tsx";
import { UnaryPanel } from "./panels/unary-panel.tsx";
import classes from "./streams-page.module.css";

/** The four kinds of call side by side, each with its messages in both directions as they go. */
export function StreamsPage() {
  return (
    <div className={classes.panels}>
      <UnaryPanel />
      <ServerStreamingPanel />
      <SendingPanel kind="Client streaming" methods={clientStreamingMethods} />
      <SendingPanel kind="Bidirectional streaming" methods={bidiStreamingMethods} />
    </div>
  );
}

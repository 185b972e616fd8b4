import { Suspense } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { bidiStreamingMethods, clientStreamingMethods } from "./methods/sending-method.ts";
import { SendingPanel } from "./panels/sending-panel.tsx";
import { ServerStreamingPanel } from "./panels/server-streaming-panel.tsx";
import { UnaryPanel } from "./panels/unary-panel.tsx";
import classes from "./streams-page.module.css";

const FlowPanel = lazyPart(
  async () => (await import("./flow/flow-panel.tsx")).FlowPanel,
  () => null,
);
const ComparisonPanel = lazyPart(
  async () => (await import("./comparison/comparison-panel.tsx")).ComparisonPanel,
  () => null,
);

/**
 * The four kinds of call side by side, each with its messages in both directions as they go; a stream whose reader can be slowed down; and
 * the same stream over two protocols.
 */
export function StreamsPage() {
  return (
    <div className={classes.panels}>
      <UnaryPanel />
      <ServerStreamingPanel />
      <SendingPanel kind="Client streaming" methods={clientStreamingMethods} />
      <SendingPanel kind="Bidirectional streaming" methods={bidiStreamingMethods} />
      <div className={classes.wide}>
        <Suspense fallback={null}>
          <FlowPanel />
          <ComparisonPanel />
        </Suspense>
      </div>
    </div>
  );
}

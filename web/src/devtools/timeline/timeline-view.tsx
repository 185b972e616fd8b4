import { Button } from "@mantine/core";
import { type RecordedCall, traceIdOf } from "@triptych/rpc-web";
import { CopyButton } from "../../components/copy-button.tsx";
import { errorSentence } from "../../errors/error-sentence.ts";
import { useSession } from "../../session/session-context.ts";
import { whyNotAdmin } from "../../session/why-not.ts";
import { durationText } from "../../text/amount-text.ts";
import { useTicker } from "../use-ticker.ts";
import { browserRows } from "./browser-rows.ts";
import { serverRows } from "./server-rows.ts";
import { TimelineTable } from "./timeline-table.tsx";
import classes from "./timeline-view.module.css";
import { type ServerSpans, useServerSpans } from "./use-server-spans.ts";

/** The call whose time is shown. */
export interface TimelineViewProps {
  readonly call: RecordedCall;
  /** The clock of the calls. */
  readonly now: () => number;
}

/** Clocks that differ by less are taken for the same, in milliseconds. */
const SAME_CLOCK_MS = 0.5;

/** Where the time of a call goes: in the browser and below it at the server, on one axis, live while it runs. The server is asked only for who may see it. */
export function TimelineView({ call, now }: TimelineViewProps) {
  useTicker(call.state === "open");
  const traceId = traceIdOf(call.requestHeaders);
  const isDenied = whyNotAdmin(useSession()) !== undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className={classes.scroller} aria-label="Timeline" tabIndex={0}>
      {traceId === undefined || isDenied ? (
        <>
          <TimelineTable browser={browserRows(call)} server={[]} now={now() - call.startedAt} />
          {isDenied ? <ServerNote server={{ kind: "denied" }} /> : <NoTrace />}
        </>
      ) : (
        <BothHalves call={call} now={now} traceId={traceId} />
      )}
    </section>
  );
}

function NoTrace() {
  return (
    <p className={classes.note}>
      The call has no trace, so that the server’s half is not known: calls begin one while this panel is open.
    </p>
  );
}

function BothHalves({ call, now, traceId }: TimelineViewProps & { readonly traceId: string }) {
  const server = useServerSpans(traceId, call.state !== "open");
  const { rows, shift } = serverRows(call, server.kind === "shown" ? server.spans : []);
  return (
    <>
      <TimelineTable browser={browserRows(call)} server={rows} now={now() - call.startedAt} />
      <ServerNote server={server} />
      {Math.abs(shift) >= SAME_CLOCK_MS && (
        <p className={classes.note}>
          The clock of the server differs: its times are moved by {durationText(Math.abs(shift))}{" "}
          {shift > 0 ? "forward" : "back"}, so that they are within the call.
        </p>
      )}
      <p className={classes.note}>
        Trace <code>{traceId}</code> <CopyButton label="Copy the id of the trace" text={traceId} />
      </p>
    </>
  );
}

function ServerNote({ server }: { readonly server: ServerSpans }) {
  switch (server.kind) {
    case "asking":
      return <p className={classes.note}>Asking the server for its half…</p>;
    case "hidden":
      return (
        <p className={classes.note}>
          This server does not show its half of the call. With <code>SHOW_SPANS=yes</code> it does, as{" "}
          <code>npm run dev</code> has it.
        </p>
      );
    case "denied":
      return <p className={classes.note}>This server shows its half of the call to admins alone.</p>;
    case "failed":
      return (
        <p className={classes.note} role="alert">
          The server’s half is not here: {errorSentence(server.error.code)}{" "}
          <Button size="compact-sm" variant="default" onClick={server.retry}>
            Try again
          </Button>
        </p>
      );
    case "shown":
      if (server.spans.length === 0) return <p className={classes.note}>The server has no spans of this call.</p>;
      if (server.omitted === 0) return null;
      return <p className={classes.note}>{server.omitted.toLocaleString("en")} spans of the server are not shown.</p>;
  }
}

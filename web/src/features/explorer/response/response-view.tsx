import type { DescMethod } from "@bufbuild/protobuf";
import { useDeferredValue } from "react";
import { useStickToEnd } from "../../../hooks/use-stick-to-end.ts";
import { type CallLog, keptMessages } from "../call/call-log.ts";
import type { Schema } from "../schema/schema.ts";
import { CallStatus } from "./call-status.tsx";
import { ErrorDetails } from "./error-details.tsx";
import { MessageItem } from "./message-item.tsx";
import { MetadataTable } from "./metadata-table.tsx";
import classes from "./response-view.module.css";

/** A call, and what its messages are made of. */
export interface ResponseViewProps {
  readonly method: DescMethod;
  readonly schema: Schema;
  readonly log: CallLog;
}

/** What has happened in a call: how it stands, every message both ways, what came before and after them. */
export function ResponseView({ method, schema, log }: ResponseViewProps) {
  // Messages may come faster than they can be written out; what a person does meanwhile goes first.
  const entries = useDeferredValue(log.entries);
  const scroller = useStickToEnd<HTMLDivElement>(entries);
  // What comes with an error is everything that is not known yet: of an answer that is only an error, the headers too.
  const closing = log.trailers ?? log.error?.metadata;
  const hidden = log.sent + log.received - log.entries.length;
  return (
    <div className={classes.response}>
      <CallStatus log={log} />
      {log.error !== undefined && <ErrorDetails error={log.error} types={schema.types} />}
      {hidden > 0 && (
        <p className={classes.note}>
          Only the latest {keptMessages} messages are kept; {hidden.toLocaleString("en")} came before them.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <div ref={scroller} role="log" aria-label="Messages" tabIndex={0} className={classes.messages}>
        <ol className={classes.list}>
          {entries.map((entry) => (
            <MessageItem key={entry.number} entry={entry} method={method} types={schema.types} />
          ))}
        </ol>
      </div>
      {log.phase === "idle" && <p className={classes.note}>Nothing has been sent yet.</p>}
      <MetadataTable title="Headers" metadata={log.headers} />
      <MetadataTable title={log.headers === undefined ? "Headers and trailers" : "Trailers"} metadata={closing} />
    </div>
  );
}

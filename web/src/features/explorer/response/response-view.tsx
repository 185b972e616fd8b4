import type { DescMethod } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { Suspense, useCallback, useDeferredValue, useMemo, useState } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import type { CallLog, LogEntry } from "../call/call-log.ts";
import type { Schema } from "../schema/schema.ts";
import { CallStatus } from "./call-status.tsx";
import { ErrorDetails } from "./error-details.tsx";
import { MessageList } from "./message-list.tsx";
import { messageText } from "./message-text.ts";
import { MessageTools } from "./message-tools.tsx";
import { MetadataTable } from "./metadata-table.tsx";
import classes from "./response-view.module.css";
import { useFound } from "./use-found.ts";

const DiffView = lazyPart(
  async () => (await import("./diff-view.tsx")).DiffView,
  () => <p>What compares them could not be loaded.</p>,
);

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
  const types = useMemo(() => ({ method, types: schema.types }), [method, schema]);
  const [text, setText] = useState("");
  const found = useFound(entries, text, types);
  const [compared, setCompared] = useState<readonly LogEntry[]>([]);
  const compare = useCallback(
    (entry: LogEntry) =>
      setCompared((before) =>
        before.includes(entry) ? before.filter((one) => one !== entry) : [...before.slice(-1), entry],
      ),
    [],
  );
  // What comes with an error is everything that is not known yet: of an answer that is only an error, the headers too.
  const closing = log.trailers ?? log.error?.metadata;
  const hidden = log.sent + log.received - log.entries.length;
  const [before, after] = compared;
  return (
    <div className={classes.response}>
      <CallStatus log={log} />
      {log.error !== undefined && <ErrorDetails error={log.error} types={schema.types} />}
      {hidden > 0 && (
        <p className={classes.note}>
          Only the latest {log.entries.length.toLocaleString("en")} messages are kept; {hidden.toLocaleString("en")}{" "}
          came before them.
        </p>
      )}
      {entries.length > 0 && (
        <MessageTools entries={entries} types={types} text={text} onSearch={setText} found={found.length} />
      )}
      <MessageList entries={found} types={types} compared={compared} onCompare={compare} />
      {before !== undefined && (
        <section aria-label="Comparison">
          <p className={classes.note}>
            {after === undefined
              ? `Choose another message to compare it with #${before.number}, of this call or the next.`
              : `From #${before.number} to #${after.number}:`}{" "}
            <Button variant="subtle" size="compact-sm" onClick={() => setCompared([])}>
              End comparison
            </Button>
          </p>
          {after !== undefined && (
            <Suspense>
              <DiffView before={messageText(before, types)} after={messageText(after, types)} />
            </Suspense>
          )}
        </section>
      )}
      {log.phase === "idle" && <p className={classes.note}>Nothing has been sent yet.</p>}
      <MetadataTable title="Headers" metadata={log.headers} />
      <MetadataTable title={log.headers === undefined ? "Headers and trailers" : "Trailers"} metadata={closing} />
    </div>
  );
}

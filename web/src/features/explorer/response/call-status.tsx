import { Code } from "@connectrpc/connect";
import { CodeBadge } from "../../../errors/code-badge.tsx";
import { errorSentence } from "../../../errors/error-sentence.ts";
import type { CallLog } from "../call/call-log.ts";
import classes from "./call-status.module.css";

/** How a call stands or ended, and how long things took. Changes are announced. */
export function CallStatus({ log }: { readonly log: CallLog }) {
  return (
    <div className={classes.status} data-state={stateOf(log)}>
      <p role="status" aria-label="Call status" className={classes.sentence}>
        <StatusSentence log={log} />
      </p>
      {log.error !== undefined && log.error.rawMessage !== "" && (
        <p className={classes.message} dir="auto">
          {log.error.rawMessage}
        </p>
      )}
      {log.phase !== "idle" && <p className={classes.timings}>{timings(log).join(" · ")}</p>}
    </div>
  );
}

function StatusSentence({ log }: { readonly log: CallLog }) {
  if (log.phase === "idle") return "Ready.";
  if (log.phase === "open") return log.isSending ? "Open: messages can be sent." : "Open: waiting for what comes back.";
  if (log.error === undefined) {
    return (
      <>
        The call succeeded. <code className={classes.ok}>OK</code>
      </>
    );
  }
  const { code } = log.error;
  return (
    <>
      {errorSentence(code)} <CodeBadge code={code} /> <span className={classes.number}>{code}</span>
    </>
  );
}

function stateOf({ phase, error }: CallLog): string {
  if (phase !== "ended") return phase;
  if (error === undefined) return "ok";
  return error.code === Code.Canceled ? "canceled" : "failed";
}

function timings({ sent, received, headersAt, firstAt, endedAt }: CallLog): string[] {
  const times = [
    ["headers", headersAt],
    ["first message", firstAt],
    ["end", endedAt],
  ] as const;
  return [
    `${sent.toLocaleString("en")} sent`,
    `${received.toLocaleString("en")} received`,
    ...times.flatMap(([name, at]) => (at === undefined ? [] : [`${name} after ${shownTime(at)}`])),
  ];
}

function shownTime(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

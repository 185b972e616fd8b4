import type { CallOptions, ConnectError } from "@connectrpc/connect";
import { untilAborted } from "@triptych/rpc-web";
import { use, useState } from "react";
import { codeName } from "../../../errors/code-name.ts";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { type CallOutcome, useOneCall } from "../../../hooks/use-one-call.ts";
import { type CallEvent, type CallTimeline, emptyTimeline, extendTimeline, openTimeline } from "./call-timeline.ts";

/** A call that is made and shown. */
export interface StreamCall {
  readonly timeline: CallTimeline;
  /** Why the call failed, if it did. */
  readonly error: ConnectError | undefined;
  /** Makes a call, after cancelling the one before. What it yields is what it receives, in words. */
  start(call: (options: CallOptions, report: CallReport) => AsyncIterable<string>): void;
  /** Cancels the call, if it is not over. */
  cancel(): void;
}

/** What a call reports besides what it receives. */
export interface CallReport {
  sent(text: string): void;
  /** This side sends no more. */
  halfClosed(): void;
}

interface Happened {
  readonly event: CallEvent;
  readonly time: number;
}

/** Makes one call at a time and keeps its timeline. The call is cancelled on leaving, and when the protocol changes. */
export function useStreamCall(): StreamCall {
  const { now } = use(StreamEnvironmentContext);
  const [timeline, setTimeline] = useState(emptyTimeline);
  const [error, setError] = useState<ConnectError>();
  const { start, cancel } = useOneCall();
  const extend = (happened: readonly Happened[]) => setTimeline((current) => extendTimeline(current, happened));
  return {
    timeline,
    error,
    start(call) {
      setTimeline(openTimeline(now()));
      setError(undefined);
      start<Happened>(
        async ({ signal, report }) => {
          const happen = (event: CallEvent) => report({ event, time: now() });
          const received = call(
            { signal, onHeader: () => happen({ type: "headers" }) },
            { sent: (text) => happen({ type: "sent", text }), halfClosed: () => happen({ type: "half-closed" }) },
          );
          for await (const text of untilAborted(received, signal)) happen({ type: "received", text });
        },
        {
          onEvents: extend,
          onEnd(outcome) {
            extend([{ event: endOf(outcome), time: now() }]);
            // Why it was cancelled, the person who did it knows.
            if (outcome.kind === "failed") setError(outcome.error);
          },
        },
      );
    },
    cancel,
  };
}

function endOf(outcome: CallOutcome): CallEvent {
  const statuses = { done: "OK", cancelled: "CANCELLED" } as const;
  const status = outcome.kind === "failed" ? codeName(outcome.error.code) : statuses[outcome.kind];
  return { type: "ended", outcome: outcome.kind, status };
}

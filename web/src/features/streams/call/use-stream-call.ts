import { type CallOptions, ConnectError } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { createBatcher, untilAborted } from "@triptych/rpc-web";
import { use, useEffect, useRef, useState } from "react";
import { codeName } from "../../../errors/code-name.ts";
import { type PageEnvironment, StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
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

/** What a call tells besides what it receives. */
export interface CallReport {
  sent(text: string): void;
  /** This side sends no more. */
  halfClosed(): void;
}

/** Makes one call at a time and keeps its timeline. The call is cancelled on leaving, and when the protocol changes. */
export function useStreamCall(): StreamCall {
  const environment = use(StreamEnvironmentContext);
  const transport = useTransport();
  const [timeline, setTimeline] = useState(emptyTimeline);
  const [error, setError] = useState<ConnectError>();
  const running = useRef<RunningCall>(undefined);

  useEffect(() => {
    // The call of a transport that is no longer in use, or of a page that is left.
    void transport;
    return () => running.current?.cancel();
  }, [transport]);

  return {
    timeline,
    error,
    start(call) {
      running.current?.cancel();
      setTimeline(openTimeline(environment.now()));
      setError(undefined);
      const started = runCall(environment, call, (happened) => {
        if (running.current !== started) return;
        setTimeline((current) => extendTimeline(current, happened));
        if (started.error !== undefined) setError(started.error);
      });
      running.current = started;
    },
    cancel: () => running.current?.cancel(),
  };
}

interface RunningCall {
  /** Why it failed, once it has. */
  readonly error: ConnectError | undefined;
  cancel(): void;
}

type Happened = { readonly event: CallEvent; readonly time: number };

/** Runs a call to its end and tells what happens, once a frame. */
function runCall(
  environment: PageEnvironment,
  call: Parameters<StreamCall["start"]>[0],
  onHappened: (happened: readonly Happened[]) => void,
): RunningCall {
  const left = new AbortController();
  const { signal } = left;
  const batcher = createBatcher(environment.onFrame, onHappened);
  const happen = (event: CallEvent) => batcher.push({ event, time: environment.now() });
  let error: ConnectError | undefined;

  async function run(): Promise<void> {
    try {
      const options: CallOptions = { signal, onHeader: () => happen({ type: "headers" }) };
      const received = call(options, {
        sent: (text) => happen({ type: "sent", text }),
        halfClosed: () => happen({ type: "half-closed" }),
      });
      for await (const text of untilAborted(received, signal)) happen({ type: "received", text });
      happen({ type: "ended", outcome: "done", status: "OK" });
    } catch (reason) {
      // Why it was cancelled, the person who did it knows.
      if (!signal.aborted) error = ConnectError.from(reason);
      const status = error === undefined ? "CANCELLED" : codeName(error.code);
      happen({ type: "ended", outcome: signal.aborted ? "cancelled" : "failed", status });
    }
    batcher.flush();
  }

  void run();
  return {
    get error() {
      return error;
    },
    cancel: () => left.abort(),
  };
}

import type { DescMethod, Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { useCallback, useContext, useEffect, useRef, useState } from "react";
import type { Metadata } from "../../../call-link/shared-call.ts";
import { createSendQueue } from "../../../hooks/send-queue.ts";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { type CallOutcome, useOneCall } from "../../../hooks/use-one-call.ts";
import { addEvents, type CallEvent, type CallLog, noCall, openedCall } from "./call-log.ts";
import { callMethod } from "./call-method.ts";

/** What a call is made with beside its messages. */
export interface CallSettings {
  readonly metadata: Metadata;
  /** The deadline, in milliseconds from the start; none where absent. */
  readonly timeoutMs: number | undefined;
}

/** One call at a time of one method. */
export interface CallControl {
  readonly log: CallLog;
  /** Starts a call, in place of the one before; it takes messages until it is half-closed. */
  readonly open: (settings: CallSettings) => void;
  /** Sends a message into the open call. */
  readonly send: (message: Message) => void;
  /** Says that no more messages will come. */
  readonly halfClose: () => void;
  /** Ends the open call from this side. */
  readonly cancel: () => void;
}

/**
 * Makes calls of a method over the protocol in use. The open call is cancelled when the method or the protocol changes
 * and when the component leaves. Renders at most once a frame.
 */
export function useCall(method: DescMethod): CallControl {
  const transport = useTransport();
  const { now } = useContext(StreamEnvironmentContext);
  const { start, cancel } = useOneCall();
  const [log, setLog] = useState<CallLog>(noCall);
  const sending = useRef<Pick<CallControl, "send" | "halfClose">>(undefined);

  const open = useCallback(
    ({ metadata, timeoutMs }: CallSettings) => {
      const messages = createSendQueue<Message>();
      const startedAt = now();
      const timed = (event: CallEventWithoutTime): CallEvent => ({ ...event, at: now() - startedAt });
      const extend = (events: readonly CallEvent[]) => setLog((last) => addEvents(last, events));
      setLog(openedCall);
      start<CallEvent>(
        async ({ signal, report, flush }) => {
          const happened = (event: CallEventWithoutTime) => report(timed(event));
          sending.current = {
            send(message) {
              messages.push(message);
              happened({ kind: "sent", message });
              flush();
            },
            halfClose() {
              messages.close();
              happened({ kind: "half-closed" });
              flush();
            },
          };
          signal.addEventListener("abort", messages.close, { once: true });
          await callMethod(
            { transport, method, messages, metadata, timeoutMs, signal },
            {
              onHeaders: (headers) => happened({ kind: "headers", metadata: headers }),
              onMessage: (message) => happened({ kind: "received", message }),
              onTrailers: (trailers) => happened({ kind: "trailers", metadata: trailers }),
            },
          );
        },
        {
          onEvents: extend,
          onEnd(outcome) {
            messages.close();
            sending.current = undefined;
            extend([timed({ kind: "ended", error: errorOf(outcome) })]);
          },
        },
      );
    },
    [now, start, method, transport],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the call belongs to the method that it was made with.
  useEffect(() => cancel, [cancel, method]);

  const send = useCallback((message: Message) => sending.current?.send(message), []);
  const halfClose = useCallback(() => sending.current?.halfClose(), []);
  return { log, open, send, halfClose, cancel };
}

type CallEventWithoutTime = CallEvent extends infer E ? (E extends CallEvent ? Omit<E, "at"> : never) : never;

function errorOf(outcome: CallOutcome): ConnectError | undefined {
  if (outcome.kind === "cancelled") return new ConnectError("the call was canceled", Code.Canceled);
  return outcome.kind === "failed" ? outcome.error : undefined;
}

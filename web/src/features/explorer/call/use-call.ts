import type { DescMethod, Message } from "@bufbuild/protobuf";
import { useTransport } from "@connectrpc/connect-query";
import { createBatcher } from "@triptych/rpc-web";
import { useCallback, useContext, useEffect, useRef, useState } from "react";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import type { Metadata } from "../request/metadata.ts";
import { addEvents, type CallEvent, type CallLog, noCall, openedCall } from "./call-log.ts";
import { runCall } from "./run-call.ts";
import { createSendQueue } from "./send-queue.ts";

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

interface Running {
  readonly send: (message: Message) => void;
  readonly halfClose: () => void;
  readonly abort: () => void;
}

/**
 * Makes calls of a method over the protocol in use. The open call is cancelled when the method or the protocol changes
 * and when the component leaves. Renders at most once a frame.
 */
export function useCall(method: DescMethod): CallControl {
  const transport = useTransport();
  const environment = useContext(StreamEnvironmentContext);
  const [log, setLog] = useState<CallLog>(noCall);
  const running = useRef<Running>(undefined);

  const open = useCallback(
    ({ metadata, timeoutMs }: CallSettings) => {
      running.current?.abort();
      const call = new AbortController();
      const messages = createSendQueue<Message>();
      const startedAt = environment.now();
      const batcher = createBatcher<CallEvent>(environment.onFrame, (events) =>
        setLog((last) => addEvents(last, events)),
      );
      const happened = (event: CallEventWithoutTime) => batcher.push({ ...event, at: environment.now() - startedAt });
      const self: Running = {
        send(message) {
          messages.push(message);
          happened({ kind: "sent", message });
          batcher.flush();
        },
        halfClose() {
          messages.close();
          happened({ kind: "half-closed" });
          batcher.flush();
        },
        abort: () => call.abort(),
      };
      running.current = self;
      setLog(openedCall);
      void runCall(
        { transport, method, messages, metadata, timeoutMs, signal: call.signal },
        {
          onHeaders: (headers) => happened({ kind: "headers", metadata: headers }),
          onMessage: (message) => happened({ kind: "received", message }),
          onTrailers: (trailers) => happened({ kind: "trailers", metadata: trailers }),
        },
      ).then((error) => {
        messages.close();
        // Another call has taken its place: what this one came to concerns nobody.
        if (running.current !== self) return batcher.clear();
        running.current = undefined;
        happened({ kind: "ended", error });
        batcher.flush();
      });
    },
    [environment, method, transport],
  );

  useEffect(() => {
    // The call belongs to the method and the transport that it was made with.
    void method;
    void transport;
    return () => running.current?.abort();
  }, [method, transport]);

  const send = useCallback((message: Message) => running.current?.send(message), []);
  const halfClose = useCallback(() => running.current?.halfClose(), []);
  const cancel = useCallback(() => running.current?.abort(), []);
  return { log, open, send, halfClose, cancel };
}

type CallEventWithoutTime = CallEvent extends infer E ? (E extends CallEvent ? Omit<E, "at"> : never) : never;

import { Code, ConnectError } from "@connectrpc/connect";
import { createByteQueue } from "@triptych/wire/byte-queue.ts";
import { encodeFrame, type ServerFrame } from "@triptych/wire/call-frames.ts";
import { MAX_DATA_BYTES } from "@triptych/wire/call-protocol.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import { createReceiveWindow } from "@triptych/wire/receive-window.ts";
import { createWaitingSendWindow } from "@triptych/wire/waiting-send-window.ts";
import type { FrameRecorder } from "./frame-recorder.ts";
import type { SocketWriter } from "./socket-writer.ts";

/** A call over a shared socket, in bytes. */
export interface ClientCall {
  /** The response headers; undefined when there are only trailers. Rejects with a ConnectError when the call fails before. */
  readonly headers: Promise<Headers | undefined>;
  /** The bytes of the length-prefixed response messages, to be read once. Rejects with a ConnectError when the call fails. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The trailers, once the body has come to its end. */
  readonly trailers: Headers | undefined;
  /** Sends bytes of length-prefixed messages as fast as the server takes them; resolves with false when the call has ended. */
  send(bytes: Uint8Array): Promise<boolean>;
  /** Sends no more messages. */
  end(): void;
  /** Cancels the call, if it has not ended: what waits for the response gets the reason. */
  cancel(reason: ConnectError): void;
}

/** The same call as the socket drives it. */
export interface DrivenCall {
  readonly call: ClientCall;
  /**
   * Takes a frame of the stream.
   * @throws ProtocolError when it may not come now.
   */
  receive(frame: CallServerFrame): void;
  /** The call cannot go on. */
  fail(reason: ConnectError): void;
}

/** What a server sends on a stream. */
export type CallServerFrame = Exclude<ServerFrame, { readonly type: "goaway" }>;

/** What a call works with. */
export interface ClientCallOptions {
  readonly stream: number;
  readonly writer: SocketWriter;
  readonly recorder: FrameRecorder;
  /** Called once when the call has ended, unless it was made to fail: whether because it was cancelled. */
  readonly onEnd: (isCancelled: boolean) => void;
}

/** Creates the call of a stream that has been opened. */
export function createClientCall({ stream, writer, recorder, onEnd }: ClientCallOptions): DrivenCall {
  const headers = Promise.withResolvers<Headers | undefined>();
  // A caller that no longer waits for the headers need not handle that they never came.
  headers.promise.catch(() => undefined);
  const sending = createWaitingSendWindow();
  const receiving = createReceiveWindow((bytes) => {
    if (hasEnded) return;
    recorder.sentWindowUpdate(bytes);
    writer.send(encodeFrame({ type: "credit", stream, bytes }));
  });
  const body = createByteQueue((bytes) => receiving.use(bytes));
  let hasHeaders = false;
  let hasEnded = false;
  let trailers: Headers | undefined;

  function fail(reason: ConnectError): void {
    if (hasEnded) return;
    hasEnded = true;
    recorder.ended(reason);
    headers.reject(reason);
    body.fail(reason);
    sending.close();
  }

  function finish(metadata: Headers): void {
    hasEnded = true;
    trailers = metadata;
    recorder.receivedTrailers(metadata);
    headers.resolve(undefined);
    body.end();
    sending.close();
    onEnd(false);
  }

  function receive(frame: CallServerFrame): void {
    switch (frame.type) {
      case "headers":
        if (hasHeaders) throw new ProtocolError("headers come once");
        hasHeaders = true;
        recorder.receivedHeaders(frame.metadata);
        headers.resolve(frame.metadata);
        break;
      case "data":
        if (!hasHeaders) throw new ProtocolError("headers come before data");
        receiving.receive(frame.bytes.length);
        recorder.received(frame.bytes);
        body.push(frame.bytes);
        break;
      case "credit":
        recorder.receivedWindowUpdate(frame.bytes);
        sending.update(frame.bytes);
        break;
      case "trailers":
        finish(frame.metadata);
    }
  }

  /** Sends in frames, each as soon as the server takes it and the socket has room. */
  async function send(message: Uint8Array): Promise<boolean> {
    for (let start = 0; start < message.length; ) {
      const length = await sending.take(Math.min(MAX_DATA_BYTES, message.length - start));
      if (length === 0) return false;
      const bytes = message.subarray(start, start + length);
      if (!(await writer.sendInTurn(encodeFrame({ type: "data", stream, bytes })))) return false;
      recorder.sent(bytes);
      start += length;
    }
    return !hasEnded;
  }

  const call: ClientCall = {
    headers: headers.promise,
    body,
    get trailers() {
      return trailers;
    },
    send,
    end() {
      if (hasEnded) return;
      recorder.sentEnd();
      writer.send(encodeFrame({ type: "end", stream }));
    },
    cancel(reason) {
      if (hasEnded) return;
      writer.send(encodeFrame({ type: "cancel", stream }));
      fail(reason);
      onEnd(true);
    },
  };
  return { call, receive, fail };
}

/** What a call fails with whose signal was aborted, with the reason of the signal if it has one. */
export function cancelReason(signal: AbortSignal): ConnectError {
  return ConnectError.from(signal.reason, Code.Canceled);
}

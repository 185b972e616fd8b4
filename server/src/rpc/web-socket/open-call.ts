import { Code, ConnectError } from "@connectrpc/connect";
import { createByteQueue } from "@triptych/wire/byte-queue.ts";
import { encodeFrame } from "@triptych/wire/call-frames.ts";
import { MAX_DATA_BYTES } from "@triptych/wire/call-protocol.ts";
import { Malformed } from "@triptych/wire/malformed.ts";
import { createReceiveCredit } from "@triptych/wire/receive-credit.ts";
import { createSendCredit, type SendCredit } from "@triptych/wire/send-credit.ts";
import type { DirectMethod } from "../direct/direct-method.ts";
import type { RunningHandlers } from "../running-handlers.ts";
import { runCall } from "./run-call.ts";
import type { SocketWriter } from "./socket-writer.ts";

/** One of the calls of a socket, as the frames of its client drive it. */
export interface OpenCall {
  /** Takes bytes of messages. Throws Malformed when the client had ended, or had no credit for them. */
  receive(bytes: Uint8Array): void;
  /** The client sends no more messages. Throws Malformed when it had said so. */
  end(): void;
  /** The client takes that many more bytes. Throws Malformed when that is more than it may. */
  grant(bytes: number): void;
  /** The client no longer wants the call: nothing more is sent. */
  cancel(): void;
}

/** What an open call works with. */
export interface OpenCallOptions {
  readonly stream: number;
  readonly method: DirectMethod;
  readonly metadata: Headers;
  readonly handlers: RunningHandlers;
  /** Aborted when the server starts to drain. */
  readonly draining: AbortSignal;
  readonly writer: SocketWriter;
  /** Told once, when the last frame of the call is sent or the call was cancelled; with what broke outside its implementation. */
  readonly over: (error: unknown) => void;
}

/** One for all calls: to make an error takes as long as many a handler. */
const CALL_IS_OVER = new ConnectError("the call is over", Code.Canceled);

/** Opens a call and runs it. */
export function openCall({ stream, method, metadata, handlers, draining, writer, over }: OpenCallOptions): OpenCall {
  const left = new AbortController();
  const sending = createSendCredit();
  const receiving = createReceiveCredit((bytes) => {
    if (!isEnded && !left.signal.aborted) writer.send(encodeFrame({ type: "credit", stream, bytes }));
  });
  const body = createByteQueue((bytes) => receiving.use(bytes));
  let isEnded = false;

  const leave = (reason: ConnectError) => {
    left.abort(reason);
    sending.close();
    body.fail(reason);
  };
  const sendMetadata = (type: "headers" | "trailers") => (sent: Headers) => {
    if (!left.signal.aborted) writer.send(encodeFrame({ type, stream, metadata: sent }));
  };

  runCall(
    method,
    { metadata, body, signal: left.signal, handlers, draining },
    {
      sendHeaders: sendMetadata("headers"),
      async sendMessage(message, over) {
        // No credit comes for a call that is over; its status needs none.
        over.addEventListener("abort", sending.close, { once: true });
        const isWanted = await sendData(stream, message, { credit: sending, writer, over });
        over.removeEventListener("abort", sending.close);
        return isWanted && !left.signal.aborted;
      },
      sendTrailers: sendMetadata("trailers"),
    },
  )
    .then(() => over(undefined), over)
    .finally(() => leave(CALL_IS_OVER));

  return {
    receive(bytes) {
      if (isEnded) throw new Malformed("no data may come after the end of the client's messages");
      receiving.receive(bytes.length);
      body.push(bytes);
    },
    end() {
      if (isEnded) throw new Malformed("a stream ends once");
      isEnded = true;
      body.end();
    },
    grant: (bytes) => sending.grant(bytes),
    cancel: () => leave(new ConnectError("the client has cancelled the call", Code.Canceled)),
  };
}

/** Sends a message in frames, each as soon as the client takes it and the socket has room; drops the rest once the call is over. */
async function sendData(
  stream: number,
  message: Uint8Array,
  { credit, writer, over }: { readonly credit: SendCredit; readonly writer: SocketWriter; readonly over: AbortSignal },
): Promise<boolean> {
  for (let start = 0; start < message.length && !over.aborted; ) {
    const length = await credit.take(Math.min(MAX_DATA_BYTES, message.length - start));
    if (length === 0) return true;
    const bytes = message.subarray(start, start + length);
    if (!(await writer.sendInTurn(encodeFrame({ type: "data", stream, bytes }), over))) return false;
    start += length;
  }
  return true;
}

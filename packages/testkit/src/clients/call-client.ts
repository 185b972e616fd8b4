import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { transformSplitEnvelope } from "@connectrpc/connect/protocol";
import { type ByteQueue, createByteQueue } from "@triptych/wire/byte-queue.ts";
import { type CallFrame, decodeServerFrame, encodeFrame } from "@triptych/wire/call-frames.ts";
import { CALL_PATH, CALL_PROTOCOL, MAX_DATA_BYTES } from "@triptych/wire/call-protocol.ts";
import { createReceiveWindow } from "@triptych/wire/receive-window.ts";
import { createWaitingSendWindow, type WaitingSendWindow } from "@triptych/wire/waiting-send-window.ts";
import { WebSocket } from "ws";
import { frameOf } from "./raw-socket.ts";

/** A client of `triptych-calls.v1`, as small as one can be. */
export interface CallClient {
  readonly socket: WebSocket;
  /** Starts a call of any kind. */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethod & { readonly input: I; readonly output: O },
    metadata?: Readonly<Record<string, string>>,
  ): ClientCall<I, O>;
  /** The largest id that the server has taken, once it takes no more calls. */
  readonly goAway: Promise<number>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** One call of the client. */
export interface ClientCall<I extends DescMessage, O extends DescMessage> {
  readonly stream: number;
  /** Sends a message; resolves when the server's window had room for all of it, rejects when the call ends first. */
  send(message: MessageInitShape<I>): Promise<void>;
  end(): void;
  cancel(): void;
  readonly headers: Promise<Headers>;
  /** The messages; while they are not read, the server's window stays closed. */
  readonly messages: AsyncIterableIterator<MessageShape<O>>;
  readonly trailers: Promise<Headers>;
}

interface Stream {
  readonly headers: PromiseWithResolvers<Headers>;
  readonly trailers: PromiseWithResolvers<Headers>;
  readonly received: ByteQueue;
  readonly sendWindow: WaitingSendWindow;
  receive(bytes: Uint8Array): void;
}

/** Opens a socket, by a request with headers, and with the certificate of a client, where they are given. */
export async function openCallClient(
  baseUrl: string,
  headers: Readonly<Record<string, string>> = {},
  certificate: { readonly cert?: string; readonly key?: string } = {},
): Promise<CallClient> {
  const url = `${baseUrl.replace("http", "ws")}${CALL_PATH}`;
  const socket = new WebSocket(url, CALL_PROTOCOL, { rejectUnauthorized: false, headers, ...certificate });
  const goAway = Promise.withResolvers<number>();
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  const streams = new Map<number, Stream>();
  const send = (frame: CallFrame) => socket.send(encodeFrame(frame));
  let lastStream = 0;

  socket.on("close", (code, reason) => {
    closed.resolve({ code, reason: reason.toString() });
    for (const { received, sendWindow } of streams.values()) {
      received.fail(new Error(`the socket was closed with ${code}`));
      sendWindow.close();
    }
  });
  socket.on("message", (message: Buffer) => {
    const frame = decodeServerFrame(message);
    if (frame.type === "goaway") goAway.resolve(frame.stream);
    else receive(frame, streams);
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

  return {
    socket,
    goAway: goAway.promise,
    closed: closed.promise,
    call(method, metadata) {
      lastStream += 1;
      const stream = lastStream;
      const opened = createStream((bytes) => send({ type: "credit", stream, bytes }));
      streams.set(stream, opened);
      send({
        type: "open",
        stream,
        path: `/${method.parent.typeName}/${method.name}`,
        metadata: new Headers({ ...metadata }),
      });
      return {
        stream,
        headers: opened.headers.promise,
        trailers: opened.trailers.promise,
        messages: readMessages(opened.received, method.output),
        end: () => send({ type: "end", stream }),
        cancel() {
          send({ type: "cancel", stream });
          streams.delete(stream);
        },
        async send(message) {
          const framed = frameOf(toBinary(method.input, create(method.input, message)));
          for (let start = 0; start < framed.length; ) {
            const length = await opened.sendWindow.take(Math.min(MAX_DATA_BYTES, framed.length - start));
            if (length === 0) throw new Error("the call is over");
            send({ type: "data", stream, bytes: framed.subarray(start, start + length) });
            start += length;
          }
        },
      };
    },
  };
}

function createStream(sendUpdate: (bytes: number) => void): Stream {
  const receiving = createReceiveWindow(sendUpdate);
  const received = createByteQueue((bytes) => receiving.use(bytes));
  return {
    headers: Promise.withResolvers(),
    trailers: Promise.withResolvers(),
    received,
    sendWindow: createWaitingSendWindow(),
    receive(bytes) {
      receiving.receive(bytes.length);
      received.push(bytes);
    },
  };
}

function receive(
  frame: Exclude<ReturnType<typeof decodeServerFrame>, { type: "goaway" }>,
  streams: Map<number, Stream>,
) {
  const stream = streams.get(frame.stream);
  if (frame.type === "headers") stream?.headers.resolve(frame.metadata);
  else if (frame.type === "data") stream?.receive(frame.bytes);
  else if (frame.type === "credit") stream?.sendWindow.update(frame.bytes);
  else {
    streams.delete(frame.stream);
    stream?.trailers.resolve(frame.metadata);
    stream?.received.end();
    stream?.sendWindow.close();
  }
}

async function* readMessages<O extends DescMessage>(
  received: AsyncIterable<Uint8Array>,
  output: O,
): AsyncGenerator<MessageShape<O>> {
  for await (const { data } of transformSplitEnvelope(0xffffffff)(received)) yield fromBinary(output, data);
}

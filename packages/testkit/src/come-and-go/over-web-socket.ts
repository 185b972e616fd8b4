import { decodeServerFrame, encodeFrame } from "@triptych/wire/call-frames.ts";
import type { WebSocket } from "ws";
import { openSocket } from "../clients/raw-socket.ts";
import { envelope } from "../raw/envelope.ts";
import { type CallOrder, messageOf, pathOf } from "./call-bytes.ts";
import type { OpenCall, WayIn } from "./open-call.ts";

const timeoutOf = ({ timeoutMs }: CallOrder) => (timeoutMs === undefined ? undefined : `${timeoutMs}m`);

/** A call over a WebSocket of its own, as improbable-eng's grpc-websockets has it. A client that wants no more closes the socket. */
export const overOwnSocket: WayIn = {
  name: "grpc-websockets",
  carries: () => true,
  async open(port, order) {
    const { socket, send } = await openSocket(`http://127.0.0.1:${port}`, pathOf(order.kind), "grpc-websockets");
    const call = watch(socket, meaningOfMessage);
    const timeout = timeoutOf(order);
    send(Buffer.from(timeout === undefined ? "a: b\r\n" : `grpc-timeout: ${timeout}\r\n`));
    send(Buffer.concat([Buffer.of(0), envelope(messageOf(order.name))]));
    send("01");
    return { ...call, cancel: () => socket.close() };
  },
};

/** A call over a WebSocket that carries many. */
export const overSharedSocket: WayIn = {
  name: "triptych-calls over a WebSocket",
  carries: () => true,
  async open(port, order) {
    const { socket, send } = await openSocket(`http://127.0.0.1:${port}`, "/calls", "triptych-calls.v1");
    const call = watch(socket, meaningOfFrame);
    const timeout = timeoutOf(order);
    const metadata = new Headers(timeout === undefined ? {} : { "grpc-timeout": timeout });
    send(encodeFrame({ type: "open", stream: 1, path: pathOf(order.kind), metadata }));
    send(encodeFrame({ type: "data", stream: 1, bytes: envelope(messageOf(order.name)) }));
    send(encodeFrame({ type: "end", stream: 1 }));
    return {
      ...call,
      cancel() {
        send(encodeFrame({ type: "cancel", stream: 1 }));
        socket.close();
      },
    };
  },
};

/** What a message means for its call. */
type Meaning = "answer" | "end" | undefined;

const meaningOfFrame = (message: Buffer): Meaning => {
  const { type } = decodeServerFrame(message);
  if (type === "trailers") return "end";
  return type === "data" ? "answer" : undefined;
};

/** Headers and trailers are frames with this flag; the socket closes after the trailers. */
const METADATA = 0x80;
const meaningOfMessage = (message: Buffer): Meaning => (message[0] === METADATA ? undefined : "answer");

function watch(socket: WebSocket, meaningOf: (message: Buffer) => Meaning): OpenCall {
  const answered = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  socket.on("message", (message: Buffer) => {
    const meaning = meaningOf(message);
    if (meaning === "answer") answered.resolve();
    if (meaning === "end") over.resolve();
  });
  socket.on("close", () => over.resolve());
  return {
    answered: answered.promise,
    over: over.promise,
    cancel: () => socket.close(),
    reset: () => socket.terminate(),
    destroy: () => socket.terminate(),
    leave: () => socket.close(),
  };
}

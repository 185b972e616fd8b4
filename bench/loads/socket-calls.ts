import type { RunningServer } from "../servers/server-spec.ts";
import { forAWhile } from "./for-a-while.ts";
import { binaryFrame, closeFrame, openSocket } from "./web-socket.ts";

/** How a server answers what the sockets of a load say. */
export type Manner =
  /** As gRPC: headers, messages and trailers; the server closes when the call has ended. */
  | "grpc"
  /** Every message comes back; the client closes when it has all of them. */
  | "echo";

/** What a socket says first: metadata. */
export const HEADERS = Buffer.from("content-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\n");
/** What it says when it has no more messages. */
const HALF_CLOSE = Buffer.from([1]);
const GOOD_TRAILER = /grpc-status: ?0\r\n/;

/**
 * Unary calls, each over a WebSocket of its own, as `grpc-websockets` has it: three messages there, three back. So many are open at any
 * time; resolves with the calls that ended well, a second, and rejects when one does not.
 */
export async function socketCalls(
  server: RunningServer,
  path: string,
  request: Buffer,
  manner: Manner,
  sockets: number,
  seconds: number,
): Promise<number> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // A load that no longer waits has its figure.
  failed.catch(() => undefined);
  const frames = Buffer.concat([HEADERS, messageOf(request), HALF_CLOSE].map(binaryFrame));
  let done = 0;
  let going = true;

  async function makeCalls(): Promise<void> {
    while (going) {
      await makeCall(server.port, path, frames, manner);
      done++;
    }
  }

  const callers = Array.from({ length: sockets }, makeCalls);
  for (const caller of callers) caller.catch(fail);
  const rate = await forAWhile({ done: () => done, failed, end: () => (going = false) }, seconds);
  await Promise.all(callers);
  return rate;
}

/** A message as the protocol has it: a byte of its own, then a frame of gRPC. */
export function messageOf(request: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0]), request]);
}

async function makeCall(port: number, path: string, frames: Buffer, manner: Manner): Promise<void> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  let messages = 0;
  let isGood = manner === "echo";
  const socket = await openSocket(port, path, {
    onMessage(payload) {
      messages++;
      if (manner === "grpc") isGood ||= GOOD_TRAILER.test(payload.toString("latin1"));
      else if (messages === 3) socket.send(closeFrame);
    },
    onClose() {
      socket.end();
      if (isGood && messages >= 3) resolve();
      else reject(new Error(`a call over a WebSocket ended badly, after ${messages} messages`));
    },
    onFailure: reject,
  });
  socket.send(frames);
  await ended;
}

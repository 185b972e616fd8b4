import type { RunningServer } from "../servers/server-spec.ts";
import { forAWhile } from "./for-a-while.ts";
import { HEADERS, type Manner, messageOf } from "./socket-calls.ts";
import { binaryFrame, type LoadSocket, openSocket } from "./web-socket.ts";

/** A frame of gRPC that holds trailers has this bit among its flags. */
const TRAILERS = 0x80;
const FRAME_HEADER_BYTES = 5;

/** How many sockets, and how many messages each has on the way at any time. */
export interface SocketConcurrency {
  readonly sockets: number;
  readonly messagesEach: number;
}

/**
 * Bidirectional calls over WebSockets in which every message is answered with one; resolves with the messages that were answered, a
 * second, and rejects when a call ends meanwhile.
 */
export async function socketMessages(
  server: RunningServer,
  path: string,
  request: Buffer,
  manner: Manner,
  { sockets, messagesEach }: SocketConcurrency,
  seconds: number,
): Promise<number> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const frame = binaryFrame(messageOf(request));
  const frames = Buffer.concat(Array.from({ length: messagesEach }, () => frame));
  let done = 0;

  async function converse(): Promise<LoadSocket> {
    const count = manner === "echo" ? () => 1 : createAnswerCounter();
    // The echo of the metadata, or the headers of the answer, which is the first message either way.
    let started = false;
    let toSend = 0;
    const send = () => {
      socket.send(frames.subarray(0, toSend * frame.length));
      toSend = 0;
    };
    const socket = await openSocket(server.port, path, {
      onMessage(payload) {
        if (!started) {
          started = true;
          return;
        }
        const answers = count(payload);
        done += answers;
        // What arrived together is answered together: that spares the load time that the server then has.
        if (toSend === 0 && answers > 0) queueMicrotask(send);
        toSend += answers;
      },
      onClose: () => fail(new Error("a conversation over a WebSocket ended")),
      onFailure: fail,
    });
    socket.send(binaryFrame(HEADERS));
    socket.send(frames);
    return socket;
  }

  const opened = await Promise.all(Array.from({ length: sockets }, converse));
  const end = () => {
    for (const socket of opened) socket.end();
  };
  return forAWhile({ done: () => done, failed, end }, seconds);
}

/** Counts the frames of gRPC that end in each message of a socket; trailers are none, they end the call. */
function createAnswerCounter(): (payload: Buffer) => number {
  let rest = Buffer.alloc(0);
  return (payload) => {
    const bytes = rest.length === 0 ? payload : Buffer.concat([rest, payload]);
    let answers = 0;
    let at = 0;
    while (at + FRAME_HEADER_BYTES <= bytes.length) {
      const end = at + FRAME_HEADER_BYTES + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      if (((bytes[at] ?? 0) & TRAILERS) === 0) answers++;
      at = end;
    }
    // The payload is only good until this returns.
    rest = Buffer.from(bytes.subarray(at));
    return answers;
  };
}

import { Code, ConnectError } from "@connectrpc/connect";
import { createByteQueue } from "@triptych/wire/byte-queue.ts";
import { Malformed } from "@triptych/wire/malformed.ts";
import { decodeMetadata } from "@triptych/wire/metadata-block.ts";
import { tooManyCalls, unknownMethod } from "../refuse-call.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { createAnswer } from "./one-call-answer.ts";
import { readClientMessage } from "./one-call-frames.ts";
import { runCall } from "./run-call.ts";
import type { SocketContext } from "./socket-context.ts";
import { whenDraining } from "./when-draining.ts";

/** The largest block of metadata, in bytes; that of HTTP requests is bounded alike. */
const MAX_METADATA_BYTES = 16_384;
/** Two reasons for all calls: to make an error takes as long as many a handler. */
const CALL_IS_OVER = new ConnectError("the call is over", Code.Canceled);
const CLIENT_HAS_CLOSED = new ConnectError("the client has closed the socket", Code.Canceled);
/** When so many bytes wait for the handler, the socket is not read. */
const PAUSE_BYTES = 65_536;

/**
 * Serves the one call of a socket that speaks `grpc-websockets`. However the call goes wrong, the client gets a status before the socket
 * closes; when the client closes it, the call is cancelled.
 */
export function serveOneCall(socket: CallSocket, path: string, context: SocketContext): void {
  const { methods, flights, handlers, limits, draining, onError } = context;
  const answer = createAnswer(socket);
  const left = new AbortController();
  let waitingBytes = 0;
  const body = createByteQueue((bytes) => {
    waitingBytes -= bytes;
    if (waitingBytes < PAUSE_BYTES && socket.isPaused) socket.resume();
  });
  let metadata: Headers | undefined;
  let isEnded = false;

  function leave(reason: ConnectError): void {
    if (left.signal.aborted) return;
    clearTimeout(headerTimer);
    left.abort(reason);
    body.fail(reason);
    // What still comes is thrown away, up to the close frame.
    socket.resume();
  }

  function fail(error: ConnectError, closeCode: number): void {
    answer.end(error, closeCode);
    leave(error);
  }

  function start(block: Uint8Array): void {
    if (block.length > MAX_METADATA_BYTES) {
      const text = `metadata must have at most ${MAX_METADATA_BYTES} bytes: got ${block.length}`;
      throw new ConnectError(text, Code.ResourceExhausted);
    }
    metadata = decodeMetadata(block);
    clearTimeout(headerTimer);
    const method = methods.get(path);
    if (method === undefined) throw unknownMethod({ url: path });
    if (flights.refuses(method.desc.parent.typeName)) throw tooManyCalls();
    const flight = {};
    flights.enter(flight);
    runCall(method, { metadata, body, signal: left.signal, handlers, draining }, answer)
      .then(
        () => leave(CALL_IS_OVER),
        (error) => {
          onError(error);
          fail(new ConnectError("internal error", Code.Internal), closeCodes.normal);
        },
      )
      .finally(() => flights.leave(flight));
  }

  function receive(message: Uint8Array): void {
    const part = readClientMessage(message);
    if (isEnded && message.length > 0) throw new Malformed("nothing may come after the end of the client's messages");
    if (part.type === "end") {
      isEnded = true;
      body.end();
    } else if (part.bytes.length > 0) {
      waitingBytes += part.bytes.length;
      body.push(part.bytes);
      if (waitingBytes >= PAUSE_BYTES) socket.pause();
    }
  }

  const headerTimer = setTimeout(() => {
    const text = `metadata must come within ${limits.headerTimeoutMs} ms`;
    fail(new ConnectError(text, Code.DeadlineExceeded), closeCodes.normal);
  }, limits.headerTimeoutMs);
  socket.on("message", (message, isBinary) => {
    if (left.signal.aborted) return;
    try {
      if (!isBinary) throw new Malformed("messages must be binary: got text");
      // Binary messages come as one buffer, unless another type is set.
      if (metadata === undefined) start(message as Buffer);
      else receive(message as Buffer);
    } catch (error) {
      if (error instanceof ConnectError) return fail(error, closeCodes.normal);
      if (!(error instanceof Malformed)) throw error;
      const code = isBinary ? closeCodes.protocolError : closeCodes.unsupportedData;
      fail(new ConnectError(error.message, Code.InvalidArgument), code);
    }
  });
  socket.onClosing = (code) => {
    if (left.signal.aborted) return;
    const error = closingError(code);
    answer.end(error, undefined);
    leave(error);
  };
  socket.on("close", () => leave(CLIENT_HAS_CLOSED));
  whenDraining(draining, socket, (reason) => {
    if (metadata === undefined) fail(reason, closeCodes.goingAway);
  });
}

/** Why a socket closes of itself, by the code: the WebSocket library finds out what breaks its own protocol. */
function closingError(code: number | undefined): ConnectError {
  if (code === 1009) return new ConnectError("the message is larger than the server reads", Code.ResourceExhausted);
  if (code === 1002 || code === 1007) return new ConnectError("no frame of a WebSocket", Code.InvalidArgument);
  return CLIENT_HAS_CLOSED;
}

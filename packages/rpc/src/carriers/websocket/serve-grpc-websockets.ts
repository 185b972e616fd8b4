import { Code, ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { Malformed } from "@triptych/wire/malformed.ts";
import { decodeMetadata } from "@triptych/wire/metadata-block.ts";
import { relaxGrpcMessage } from "../../protocols/grpc/status-message.ts";
import { tooManyCalls, unknownMethod } from "../../protocols/reject.ts";
import { wellFormedError } from "../../protocols/well-formed.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { GrpcWebsocketsCall } from "./grpc-websockets-call.ts";
import { encodeMetadataFrame, readClientMessage } from "./grpc-websockets-frames.ts";
import type { SocketContext } from "./socket-context.ts";
import { SocketWriter } from "./socket-writer.ts";
import { whenDraining } from "./when-draining.ts";

/** The largest block of metadata, in bytes; that of HTTP requests is bounded alike. */
const MAX_METADATA_BYTES = 16_384;
/** One reason for all calls: to make an error takes as long as many a handler. */
const CLIENT_HAS_CLOSED = new ConnectError("the client has closed the socket", Code.Canceled);

/**
 * Serves the one call of a socket that speaks `grpc-websockets`. However the call goes wrong, the client gets a status before the socket
 * closes; when the client closes it, the call is cancelled.
 */
export function serveGrpcWebsockets(socket: CallSocket, path: string, context: SocketContext): void {
  const { methods, settings, limits, shutdownSignal } = context;
  const writer = new SocketWriter(socket);
  let call: GrpcWebsocketsCall | undefined;
  /** Whether nothing of the client is read any more. */
  let isOver = false;
  let isEnded = false;

  function finish(): void {
    isOver = true;
    clearTimeout(headerTimer);
    // What still comes is thrown away, up to the close frame.
    if (socket.isPaused) socket.resume();
  }

  /** Ends the call with an error, and closes the socket unless it closes by itself. */
  function fail(error: ConnectError, closeCode: number | undefined): void {
    if (isOver) return;
    finish();
    if (call?.headersSent !== true) writer.send(encodeMetadataFrame(DEFAULT_HEADERS));
    if (call?.isClosed !== true) writer.send(encodeMetadataFrame(statusOf(error)));
    if (closeCode !== undefined) {
      socket.onClosing = undefined;
      socket.close(closeCode);
    }
    call?.disconnected(error);
  }

  function start(block: Uint8Array): void {
    if (block.length > MAX_METADATA_BYTES) {
      const text = `metadata must have at most ${MAX_METADATA_BYTES} bytes: got ${block.length}`;
      throw new ConnectError(text, Code.ResourceExhausted);
    }
    const metadata = decodeMetadata(block);
    clearTimeout(headerTimer);
    const method = methods.get(path);
    if (method === undefined) throw unknownMethod(path);
    if (settings.calls.rejects(method.desc.parent.typeName)) throw tooManyCalls();
    const over = () => {
      socket.onClosing = undefined;
      finish();
    };
    call = new GrpcWebsocketsCall(method, metadata, context, { socket, writer, over });
    call.start();
  }

  function receive(message: Uint8Array, started: GrpcWebsocketsCall): void {
    const part = readClientMessage(message);
    if (isEnded && message.length > 0) throw new Malformed("nothing may come after the end of the client's messages");
    if (part.type === "end") {
      isEnded = true;
      started.endRequest();
    } else if (part.bytes.length > 0) {
      started.receive(part.bytes);
    }
  }

  const headerTimer = setTimeout(() => {
    const text = `metadata must come within ${limits.headerTimeoutMs} ms`;
    fail(new ConnectError(text, Code.DeadlineExceeded), closeCodes.normal);
  }, limits.headerTimeoutMs);
  socket.on("message", (message, isBinary) => {
    if (isOver) return;
    try {
      if (!isBinary) throw new Malformed("messages must be binary: got text");
      // Binary messages come as one buffer, unless another type is set.
      if (call === undefined) start(message as Buffer);
      else receive(message as Buffer, call);
    } catch (error) {
      if (error instanceof ConnectError) return fail(error, closeCodes.normal);
      if (!(error instanceof Malformed)) throw error;
      const code = isBinary ? closeCodes.protocolError : closeCodes.unsupportedData;
      fail(new ConnectError(error.message, Code.InvalidArgument), code);
    }
  });
  socket.onClosing = (code) => fail(closingError(code), undefined);
  socket.on("close", () => {
    if (isOver) return;
    finish();
    call?.disconnected(CLIENT_HAS_CLOSED);
  });
  whenDraining(shutdownSignal, socket, (reason) => {
    if (call === undefined) fail(reason, closeCodes.goingAway);
  });
}

const DEFAULT_HEADERS = new Headers({ "content-type": "application/grpc-web+proto" });

function statusOf(error: ConnectError): Headers {
  const trailer = setTrailerStatus(new Headers(), wellFormedError(error));
  relaxGrpcMessage(trailer);
  return trailer;
}

/** Why a socket closes of itself, by the code: the WebSocket library finds out what breaks its own protocol. */
function closingError(code: number | undefined): ConnectError {
  if (code === 1009) return new ConnectError("the message is larger than the server reads", Code.ResourceExhausted);
  if (code === 1002 || code === 1007) return new ConnectError("no frame of a WebSocket", Code.InvalidArgument);
  return CLIENT_HAS_CLOSED;
}

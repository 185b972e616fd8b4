import { Code, ConnectError } from "@connectrpc/connect";
import { decodeMetadata } from "@triptych/wire/metadata-block.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import type { Method } from "../../call/method.ts";
import { countAge } from "../../http2/connection-age.ts";
import { setGrpcStatus } from "../../protocols/grpc-status.ts";
import { CAME_OF_AGE, tooManyCalls, unknownMethod } from "../../protocols/reject.ts";
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

/** What the upgrade of a socket asks for. */
export interface GrpcWebsocketsRequest {
  readonly path: string;
  /** The method that has this path; undefined when none has. */
  readonly method: Method | undefined;
}

/**
 * Serves the one call of a socket that speaks `grpc-websockets`. However the call goes wrong, the client gets a status before the socket
 * closes; when the client closes it, the call is cancelled.
 */
export function serveGrpcWebsockets(socket: CallSocket, request: GrpcWebsocketsRequest, context: SocketContext): void {
  new GrpcWebsocket(socket, request, context).serve();
}

class GrpcWebsocket {
  private readonly socket: CallSocket;
  private readonly request: GrpcWebsocketsRequest;
  private readonly context: SocketContext;
  private readonly writer: SocketWriter;
  private readonly headerTimer: NodeJS.Timeout;
  private call: GrpcWebsocketsCall | undefined = undefined;
  /** Whether nothing of the client is read any more. */
  private isFinished = false;
  private requestEnded = false;

  constructor(socket: CallSocket, request: GrpcWebsocketsRequest, context: SocketContext) {
    this.socket = socket;
    this.request = request;
    this.context = context;
    this.writer = new SocketWriter(socket);
    const { headerTimeoutMs } = context.limits;
    this.headerTimer = setTimeout(() => {
      const text = `metadata must come within ${headerTimeoutMs} ms`;
      this.fail(new ConnectError(text, Code.DeadlineExceeded), closeCodes.normal);
    }, headerTimeoutMs);
  }

  serve(): void {
    const { socket } = this;
    // Binary messages come as one buffer, unless another type is set.
    socket.on("message", (message, isBinary) => this.receive(message as Buffer, isBinary));
    socket.onClosing = (code) => this.fail(closingError(code), undefined);
    socket.on("close", () => {
      if (this.isFinished) return;
      this.finish();
      this.call?.disconnected(CLIENT_HAS_CLOSED);
    });
    whenDraining(this.context.shutdownSignal, socket, (reason) => {
      if (this.call === undefined) this.fail(reason, closeCodes.goingAway);
    });
    const { limits, settings, peer } = this.context;
    if (limits.age === undefined) return;
    const stopCounting = countAge(limits.age, {
      // It has one call, and ends with it.
      leave: () => undefined,
      endStreams: () => settings.calls.drain(CAME_OF_AGE, peer),
      cut: () => socket.terminate(),
    });
    socket.on("close", stopCounting);
  }

  private receive(message: Buffer, isBinary: boolean): void {
    if (this.isFinished) return;
    try {
      if (!isBinary) throw new ProtocolError("messages must be binary: got text");
      if (this.call === undefined) this.start(message);
      else this.takeMessage(message, this.call);
    } catch (error) {
      if (error instanceof ConnectError) this.fail(error, closeCodes.normal);
      else if (error instanceof ProtocolError) {
        const code = isBinary ? closeCodes.protocolError : closeCodes.unsupportedData;
        this.fail(new ConnectError(error.message, Code.InvalidArgument), code);
      } else throw error;
    }
  }

  private start(block: Uint8Array): void {
    if (block.length > MAX_METADATA_BYTES) {
      const text = `metadata must have at most ${MAX_METADATA_BYTES} bytes: got ${block.length}`;
      throw new ConnectError(text, Code.ResourceExhausted);
    }
    const metadata = decodeMetadata(block);
    clearTimeout(this.headerTimer);
    const { socket, writer, context } = this;
    const { path, method } = this.request;
    if (method === undefined) throw unknownMethod(path);
    if (context.settings.calls.rejects(method.desc.parent.typeName)) throw tooManyCalls();
    const onEnded = () => {
      socket.onClosing = undefined;
      this.finish();
      socket.close(closeCodes.normal);
    };
    this.call = new GrpcWebsocketsCall(method, metadata, context, { socket, writer, onEnded });
    this.call.start();
  }

  private takeMessage(message: Uint8Array, call: GrpcWebsocketsCall): void {
    const part = readClientMessage(message);
    if (this.requestEnded && message.length > 0) {
      throw new ProtocolError("nothing may come after the end of the client's messages");
    }
    if (part.type === "end") {
      this.requestEnded = true;
      call.endRequest();
    } else if (part.bytes.length > 0) call.receive(part.bytes);
  }

  /** Ends the call with an error, and closes the socket unless it closes by itself. */
  private fail(error: ConnectError, closeCode: number | undefined): void {
    if (this.isFinished) return;
    this.finish();
    const { socket, writer, call } = this;
    if (call?.headersSent !== true) writer.send(encodeMetadataFrame(DEFAULT_HEADERS));
    if (call?.isClosed !== true) {
      writer.send(encodeMetadataFrame(setGrpcStatus(new Headers(), wellFormedError(error))));
    }
    if (closeCode !== undefined) {
      socket.onClosing = undefined;
      socket.close(closeCode);
    }
    call?.disconnected(error);
  }

  private finish(): void {
    this.isFinished = true;
    clearTimeout(this.headerTimer);
    // What still comes is thrown away, up to the close frame.
    if (this.socket.isPaused) this.socket.resume();
  }
}

const DEFAULT_HEADERS = new Headers({ "content-type": "application/grpc-web+proto" });

/** Why a socket closes of itself, by the code: `ws` finds out what breaks its own protocol. */
function closingError(code: number | undefined): ConnectError {
  if (code === 1009) return new ConnectError("the message is larger than the server reads", Code.ResourceExhausted);
  if (code === 1002 || code === 1007) return new ConnectError("no frame of a WebSocket", Code.InvalidArgument);
  return CLIENT_HAS_CLOSED;
}

import { Code, ConnectError } from "@connectrpc/connect";
import { type ClientFrame, decodeClientFrame, encodeFrame, type OpenFrame } from "@triptych/wire/call-frames.ts";
import { MAX_OPEN_STREAMS } from "@triptych/wire/call-protocol.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import type { Method } from "../../call/method.ts";
import { countAge } from "../../http2/connection-age.ts";
import { setGrpcStatus } from "../../protocols/grpc-status.ts";
import { CAME_OF_AGE, tooManyCalls, unknownMethod } from "../../protocols/reject.ts";
import { wellFormedError } from "../../protocols/well-formed.ts";
import { TokenBucket, type TokenRate } from "../../token-bucket.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { MultiplexedCall } from "./multiplexed-call.ts";
import type { SocketContext } from "./socket-context.ts";
import { SocketWriter } from "./socket-writer.ts";
import { whenDraining } from "./when-draining.ts";

/** When so many bytes wait to go out, the socket is not read: what is read may have to be answered. */
const PAUSE_BYTES = 1_048_576;
/** How often a client may cancel calls, at once and then in each second: as often as it may reset streams of HTTP/2. Beyond, the socket is closed. */
const CANCELS: TokenRate = { burst: 2_000, perSecond: 200 };

/**
 * Serves the calls of a socket that speaks `triptych-calls.v1`. A client that breaks the protocol loses the socket, with the reason in the
 * close frame; so does one that has no call left when the server drains.
 */
export function serveMultiplexed(socket: CallSocket, context: SocketContext): void {
  new MultiplexedSocket(socket, context).serve();
}

class MultiplexedSocket {
  private readonly socket: CallSocket;
  private readonly context: SocketContext;
  private readonly writer: SocketWriter;
  private readonly calls = new Map<number, MultiplexedCall>();
  private readonly cancels = new TokenBucket(CANCELS, performance.now());
  private lastStream = 0;
  /** Whether the client was told that the socket has come of age. */
  private isLeaving = false;

  constructor(socket: CallSocket, context: SocketContext) {
    this.socket = socket;
    this.context = context;
    this.writer = new SocketWriter(socket);
  }

  serve(): void {
    const { socket } = this;
    // Binary messages come as one buffer, unless another type is set.
    socket.on("message", (message, isBinary) => this.receive(message as Buffer, isBinary));
    socket.on("close", () => this.cancelAll());
    whenDraining(this.context.shutdownSignal, socket, () => {
      this.sendGoAway();
      this.closeIfDrained();
    });
    const { limits, settings, peer } = this.context;
    if (limits.age === undefined) return;
    const stopCounting = countAge(limits.age, {
      leave: () => {
        this.isLeaving = true;
        this.sendGoAway();
        this.closeIfDrained();
      },
      endStreams: () => settings.calls.drain(CAME_OF_AGE, peer),
      cut: () => socket.terminate(),
    });
    socket.on("close", stopCounting);
  }

  private receive(message: Buffer, isBinary: boolean): void {
    const { socket, writer } = this;
    if (socket.readyState !== socket.OPEN) return;
    try {
      if (!isBinary) throw new ProtocolError("messages must be binary: got text");
      const frame = decodeClientFrame(message);
      if (frame.type === "open") this.open(frame);
      else this.takeFrame(frame);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      socket.close(isBinary ? closeCodes.protocolError : closeCodes.unsupportedData, closeReason(error.message));
      this.cancelAll();
    }
    if (socket.bufferedAmount >= PAUSE_BYTES && !socket.isPaused) {
      socket.pause();
      writer.whenRoom(() => socket.resume());
    }
  }

  private open({ stream, path, metadata }: OpenFrame): void {
    const { lastStream, calls, writer } = this;
    if (stream <= lastStream) throw new ProtocolError(`a stream id must be more than ${lastStream}: got ${stream}`);
    this.lastStream = stream;
    const method = this.methodOf(path);
    if (method instanceof ConnectError) {
      const trailers = setGrpcStatus(new Headers(), wellFormedError(method));
      writer.send(encodeFrame({ type: "trailers", stream, metadata: trailers }));
      return;
    }
    const onEnded = () => {
      calls.delete(stream);
      this.closeIfDrained();
    };
    const call = new MultiplexedCall(method, metadata, this.context, { stream, writer, onEnded });
    calls.set(stream, call);
    call.start();
  }

  /** The method that a call may use now, or why it may not. */
  private methodOf(path: string): Method | ConnectError {
    const { methods, settings, handlers, shutdownSignal } = this.context;
    if (shutdownSignal.aborted) return ConnectError.from(shutdownSignal.reason);
    if (this.isLeaving) return CAME_OF_AGE;
    const method = methods.get(path);
    if (method === undefined) return unknownMethod(path);
    if (settings.calls.rejects(method.desc.parent.typeName)) return tooManyCalls();
    // Handlers of cancelled calls count as long as they run, so that cancelling frees nothing by itself.
    if (Math.max(this.calls.size, handlers.count) < MAX_OPEN_STREAMS) return method;
    return new ConnectError(`at most ${MAX_OPEN_STREAMS} calls may be open`, Code.ResourceExhausted);
  }

  private takeFrame(frame: Exclude<ClientFrame, OpenFrame>): void {
    if (frame.stream > this.lastStream)
      throw new ProtocolError(`a stream begins with an open frame: got ${frame.type}`);
    if (frame.type === "cancel" && this.cancels.take(1, performance.now()) > 0) {
      this.cutForCancels();
      return;
    }
    const call = this.calls.get(frame.stream);
    // The call has ended, which the client did not know when it sent the frame.
    if (call === undefined) return;
    if (frame.type === "data") call.receive(frame.bytes);
    else if (frame.type === "credit") call.windowUpdate(frame.bytes);
    else if (frame.type === "end") call.endRequest();
    else {
      this.calls.delete(frame.stream);
      call.cancel();
      this.closeIfDrained();
    }
  }

  private cutForCancels(): void {
    this.sendGoAway();
    const reason = `at most ${CANCELS.burst} calls may be cancelled at once, then ${CANCELS.perSecond} a second`;
    this.socket.close(closeCodes.policyViolation, reason);
    this.cancelAll();
  }

  private cancelAll(): void {
    for (const call of this.calls.values()) call.cancel();
    this.calls.clear();
  }

  private sendGoAway(): void {
    this.writer.send(encodeFrame({ type: "goaway", stream: this.lastStream }));
  }

  private closeIfDrained(): void {
    const isLeaving = this.isLeaving || this.context.shutdownSignal.aborted;
    if (isLeaving && this.calls.size === 0) this.socket.close(closeCodes.goingAway);
  }
}

/** A close frame has room for 123 bytes of reason. */
function closeReason(text: string): string {
  return Buffer.from(text)
    .subarray(0, 120)
    .toString()
    .replace(/\ufffd+$/, "");
}

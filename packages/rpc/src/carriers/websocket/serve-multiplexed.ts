import { Code, ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { type ClientFrame, decodeClientFrame, encodeFrame, type OpenFrame } from "@triptych/wire/call-frames.ts";
import { MAX_OPEN_STREAMS } from "@triptych/wire/call-protocol.ts";
import { Malformed } from "@triptych/wire/malformed.ts";
import { relaxGrpcMessage } from "../../protocols/grpc/status-message.ts";
import { tooManyCalls, unknownMethod } from "../../protocols/reject.ts";
import { wellFormedError } from "../../protocols/well-formed.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { MultiplexedCall } from "./multiplexed-call.ts";
import { RateBound } from "./rate-bound.ts";
import type { SocketContext } from "./socket-context.ts";
import { SocketWriter } from "./socket-writer.ts";
import { whenDraining } from "./when-draining.ts";

/** When so many bytes wait to go out, the socket is not read: what is read may have to be answered. */
const PAUSE_BYTES = 1_048_576;
/** How often a client may cancel calls: as often as it may reset streams of HTTP/2. Beyond, the socket is closed. */
const CANCEL_RATE = { burst: 2_000, perSecond: 200 };

/**
 * Serves the calls of a socket that speaks `triptych-calls.v1`. A client that breaks the protocol loses the socket, with the reason in the
 * close frame; so does one that has no call left when the server drains.
 */
export function serveMultiplexed(socket: CallSocket, context: SocketContext): void {
  const { methods, settings, handlers, shutdownSignal } = context;
  const writer = new SocketWriter(socket);
  const calls = new Map<number, MultiplexedCall>();
  const cancels = new RateBound(CANCEL_RATE);
  let lastStream = 0;

  function reject(stream: number, error: ConnectError): void {
    const metadata = new Headers();
    setTrailerStatus(metadata, wellFormedError(error));
    relaxGrpcMessage(metadata);
    writer.send(encodeFrame({ type: "trailers", stream, metadata }));
  }

  function rejectionOf(path: string): ConnectError | undefined {
    if (shutdownSignal.aborted) return ConnectError.from(shutdownSignal.reason);
    const method = methods.get(path);
    if (method === undefined) return unknownMethod(path);
    if (settings.calls.rejects(method.desc.parent.typeName)) return tooManyCalls();
    // Handlers of cancelled calls count as long as they run, so that cancelling frees nothing by itself.
    if (Math.max(calls.size, handlers.count) < MAX_OPEN_STREAMS) return undefined;
    return new ConnectError(`at most ${MAX_OPEN_STREAMS} calls may be open`, Code.ResourceExhausted);
  }

  function open({ stream, path, metadata }: OpenFrame): void {
    if (stream <= lastStream) throw new Malformed(`a stream id must be more than ${lastStream}: got ${stream}`);
    lastStream = stream;
    const rejection = rejectionOf(path);
    const method = methods.get(path);
    if (method === undefined || rejection !== undefined) {
      reject(stream, rejection ?? unknownMethod(path));
      return;
    }
    const over = () => {
      calls.delete(stream);
      closeIfDrained();
    };
    const call = new MultiplexedCall(method, metadata, context, { stream, writer, over });
    calls.set(stream, call);
    call.start();
  }

  function closeIfDrained(): void {
    if (shutdownSignal.aborted && calls.size === 0) socket.close(closeCodes.goingAway);
  }

  function receive(frame: Exclude<ClientFrame, OpenFrame>): void {
    if (frame.stream > lastStream) throw new Malformed(`a stream begins with an open frame: got ${frame.type}`);
    if (frame.type === "cancel" && !cancels.take()) {
      cutForCancels();
      return;
    }
    const call = calls.get(frame.stream);
    // The call is over, which the client did not know when it sent the frame.
    if (call === undefined) return;
    if (frame.type === "data") call.receive(frame.bytes);
    else if (frame.type === "credit") call.windowUpdate(frame.bytes);
    else if (frame.type === "end") call.endRequest();
    else {
      calls.delete(frame.stream);
      call.cancel();
      closeIfDrained();
    }
  }

  function cutForCancels(): void {
    const { burst, perSecond } = CANCEL_RATE;
    writer.send(encodeFrame({ type: "goaway", stream: lastStream }));
    const reason = `at most ${burst} calls may be cancelled at once, then ${perSecond} a second`;
    socket.close(closeCodes.policyViolation, reason);
    cancelAll();
  }

  function cancelAll(): void {
    for (const call of calls.values()) call.cancel();
    calls.clear();
  }

  socket.on("message", (message, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    try {
      if (!isBinary) throw new Malformed("messages must be binary: got text");
      // Binary messages come as one buffer, unless another type is set.
      const frame = decodeClientFrame(message as Buffer);
      if (frame.type === "open") open(frame);
      else receive(frame);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      socket.close(isBinary ? closeCodes.protocolError : closeCodes.unsupportedData, closeReason(error.message));
      cancelAll();
    }
    if (socket.bufferedAmount >= PAUSE_BYTES && !socket.isPaused) {
      socket.pause();
      writer.whenRoom(() => socket.resume());
    }
  });
  socket.on("close", cancelAll);
  whenDraining(shutdownSignal, socket, () => {
    writer.send(encodeFrame({ type: "goaway", stream: lastStream }));
    closeIfDrained();
  });
}

/** A close frame has room for 123 bytes of reason. */
function closeReason(text: string): string {
  return Buffer.from(text)
    .subarray(0, 120)
    .toString()
    .replace(/\ufffd+$/, "");
}

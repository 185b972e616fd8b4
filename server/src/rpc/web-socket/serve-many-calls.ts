import { Code, ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { type ClientFrame, decodeClientFrame, encodeFrame, type OpenFrame } from "@triptych/wire/call-frames.ts";
import { MAX_OPEN_STREAMS } from "@triptych/wire/call-protocol.ts";
import { Malformed } from "@triptych/wire/malformed.ts";
import { tooManyCalls, unknownMethod } from "../refuse-call.ts";
import { wellFormedError } from "../well-formed.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { type OpenCall, openCall } from "./open-call.ts";
import { RateBound } from "./rate-bound.ts";
import type { SocketContext } from "./socket-context.ts";
import { createSocketWriter } from "./socket-writer.ts";
import { whenDraining } from "./when-draining.ts";

/** When so many bytes wait to go out, the socket is not read: what is read may have to be answered. */
const PAUSE_BYTES = 1_048_576;

/** How often a client may cancel calls: as often as it may reset streams of HTTP/2. Beyond, the socket is closed. */
const CANCEL_RATE = { burst: 2_000, perSecond: 200 };

/**
 * Serves the calls of a socket that speaks `triptych-calls.v1`. A client that breaks the protocol loses the socket, with the reason in the
 * close frame; so does one that has no call left when the server drains.
 */
export function serveManyCalls(socket: CallSocket, context: SocketContext): void {
  const { methods, flights, handlers, draining, onError } = context;
  const writer = createSocketWriter(socket);
  const calls = new Map<number, OpenCall>();
  const cancels = new RateBound(CANCEL_RATE);
  let lastStream = 0;

  function refuse(stream: number, error: ConnectError): void {
    const metadata = new Headers();
    setTrailerStatus(metadata, wellFormedError(error));
    writer.send(encodeFrame({ type: "trailers", stream, metadata }));
  }

  function refusalOf(path: string): ConnectError | undefined {
    if (draining.aborted) return ConnectError.from(draining.reason);
    const method = methods.get(path);
    if (method === undefined) return unknownMethod({ url: path });
    if (flights.refuses(method.desc.parent.typeName)) return tooManyCalls();
    // Handlers of cancelled calls count as long as they run, so that cancelling frees nothing by itself.
    if (Math.max(calls.size, handlers.count) < MAX_OPEN_STREAMS) return undefined;
    return new ConnectError(`at most ${MAX_OPEN_STREAMS} calls may be open`, Code.ResourceExhausted);
  }

  function open({ stream, path, metadata }: OpenFrame): void {
    if (stream <= lastStream) throw new Malformed(`a stream id must be more than ${lastStream}: got ${stream}`);
    lastStream = stream;
    const refusal = refusalOf(path);
    const method = methods.get(path);
    if (method === undefined || refusal !== undefined) {
      refuse(stream, refusal ?? unknownMethod({ url: path }));
      return;
    }
    const flight = {};
    flights.enter(flight);
    const over = (error: unknown) => {
      flights.leave(flight);
      // A call that was cancelled is forgotten already.
      const isKnown = calls.delete(stream);
      if (error !== undefined) {
        onError(error);
        if (isKnown) refuse(stream, new ConnectError("internal error", Code.Internal));
      }
      closeIfDrained();
    };
    calls.set(stream, openCall({ stream, method, metadata, handlers, draining, writer, over }));
  }

  function closeIfDrained(): void {
    if (draining.aborted && calls.size === 0) socket.close(closeCodes.goingAway);
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
    else if (frame.type === "credit") call.grant(frame.bytes);
    else if (frame.type === "end") call.end();
    else {
      calls.delete(frame.stream);
      call.cancel();
      closeIfDrained();
    }
  }

  function cutForCancels(): void {
    const { burst, perSecond } = CANCEL_RATE;
    writer.send(encodeFrame({ type: "goaway", stream: lastStream }));
    socket.close(
      closeCodes.policyViolation,
      `at most ${burst} calls may be cancelled at once, then ${perSecond} a second`,
    );
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
      void writer.turn().then(() => socket.resume());
    }
  });
  socket.on("close", cancelAll);
  whenDraining(draining, socket, () => {
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

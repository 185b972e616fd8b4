import { Code, ConnectError } from "@connectrpc/connect";
import { decodeServerFrame, encodeFrame } from "@triptych/wire/call-frames.ts";
import { CALL_PROTOCOL, MAX_CLIENT_FRAME_BYTES } from "@triptych/wire/call-protocol.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import type { StreamEnvironment } from "../environment/stream-environment.ts";
import { closeCodes, type OpenSocket, SOCKET_IS_OPEN } from "./call-socket.ts";
import { type ClientCall, createClientCall, type DrivenCall } from "./client-call.ts";
import { connectionError } from "./connection-error.ts";
import type { FrameRecorder } from "./frame-recorder.ts";
import { createSocketWriter } from "./socket-writer.ts";

/** One WebSocket with its calls. */
export interface CallConnection {
  /** False once new calls have to go over another connection; those that run go on. */
  readonly takesCalls: boolean;
  /**
   * Starts a call as soon as the socket is open. Rejects with UNAVAILABLE when it does not open, with RESOURCE_EXHAUSTED when the metadata are
   * more than a server takes, and with the reason of the signal.
   */
  start(start: StreamStart): Promise<ClientCall>;
}

/** What a call starts with. */
export interface StreamStart {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly metadata: Headers;
  /** Cancels the call while it waits for the socket. */
  readonly signal: AbortSignal;
  readonly recorder: FrameRecorder;
}

/** What a connection works with. */
export interface CallConnectionOptions {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly environment: Pick<StreamEnvironment, "now" | "schedule">;
  /** After how long without a call the socket is closed, in milliseconds. */
  readonly idleMs: number;
}

/** The largest stream id; after it new calls go over another connection. */
const MAX_STREAM_ID = 2 ** 32 - 1;
/** How long a socket may take to open, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;
/**
 * A page is not notified when the network is lost. When a call is cancelled, and the server has sent nothing for so many milliseconds,
 * neither on it nor on any other, new calls go over another connection.
 */
export const DOUBT_MS = 10_000;

/** Opens a connection. It closes its socket once it has been without a call for a while. */
export function openCallConnection({ url, openSocket, environment, idleMs }: CallConnectionOptions): CallConnection {
  const { now, schedule } = environment;
  const opened = Promise.withResolvers<void>();
  opened.promise.catch(() => undefined);
  const socket = openSocket(url, CALL_PROTOCOL);
  socket.binaryType = "arraybuffer";
  const writer = createSocketWriter(socket, schedule);
  const calls = new Map<number, DrivenCall>();
  let waiting = 0;
  let takesCalls = true;
  let lastStream = 0;
  let heardAt = now();
  let cancelTimer = schedule(CONNECT_TIMEOUT_MS, () => {
    breakOff(new ConnectError(`no connection to the server within ${CONNECT_TIMEOUT_MS / 1_000} s`, Code.Unavailable));
  });

  function fail(error: ConnectError): void {
    takesCalls = false;
    cancelTimer();
    opened.reject(error);
    for (const call of calls.values()) call.fail(error);
    calls.clear();
    writer.close();
  }

  function breakOff(error: ConnectError): void {
    fail(error);
    // A close frame has room for 123 bytes.
    socket.close(closeCodes.protocolError, error.rawMessage.replace(/[^ -~]/g, "?").slice(0, 120));
  }

  function retire(): void {
    takesCalls = false;
    closeIfUnused();
  }

  function closeIfUnused(): void {
    if (calls.size > 0 || waiting > 0) return;
    cancelTimer();
    if (takesCalls) cancelTimer = schedule(idleMs, retire);
    else socket.close(closeCodes.normal);
  }

  function receive(data: unknown): void {
    if (!(typeof data === "object" && data !== null)) throw new ProtocolError("messages must be binary: got text");
    // Binary messages come as one buffer, because that type is set.
    const frame = decodeServerFrame(new Uint8Array(data as ArrayBuffer));
    if (frame.stream > lastStream)
      throw new ProtocolError(`a stream must be open: got ${frame.type} of ${frame.stream}`);
    if (frame.type === "goaway") {
      for (const [stream, call] of calls) if (stream > frame.stream) leave(stream, call);
      retire();
    } else {
      // A stream that was cancelled is not known any more, which the server did not know when it sent the frame.
      calls.get(frame.stream)?.receive(frame);
    }
  }

  function leave(stream: number, call: DrivenCall): void {
    calls.delete(stream);
    call.fail(new ConnectError("the server is shutting down", Code.Unavailable));
  }

  function open({ path, metadata, recorder }: StreamStart): ClientCall {
    if (!takesCalls) throw new ConnectError("the server is shutting down", Code.Unavailable);
    const stream = lastStream + 1;
    const frame = encodeFrame({ type: "open", stream, path, metadata });
    if (frame.length > MAX_CLIENT_FRAME_BYTES) {
      const text = `metadata must fit into ${MAX_CLIENT_FRAME_BYTES} bytes: got ${frame.length}`;
      throw new ConnectError(text, Code.ResourceExhausted);
    }
    const openedAt = now();
    const onEnd = (isCancelled: boolean) => {
      calls.delete(stream);
      const isDoubtful = isCancelled && now() - Math.max(openedAt, heardAt) >= DOUBT_MS;
      if (isDoubtful || stream === MAX_STREAM_ID) retire();
      else closeIfUnused();
    };
    lastStream = stream;
    const driven = createClientCall({ stream, writer, recorder, onEnd });
    calls.set(stream, driven);
    cancelTimer();
    writer.send(frame);
    return driven.call;
  }

  socket.onopen = () => {
    cancelTimer();
    if (socket.protocol === CALL_PROTOCOL) {
      opened.resolve();
      return closeIfUnused();
    }
    breakOff(new ConnectError(`the server must speak ${CALL_PROTOCOL}: got "${socket.protocol}"`, Code.Internal));
  };
  socket.onclose = (event) => fail(connectionError(event));
  socket.onmessage = ({ data }) => {
    heardAt = now();
    try {
      receive(data);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      breakOff(new ConnectError(`the server broke the protocol: ${error.message}`, Code.Internal));
    }
  };

  return {
    get takesCalls() {
      return takesCalls && lastStream < MAX_STREAM_ID;
    },
    async start(start) {
      waiting += 1;
      try {
        await raceSignal(opened.promise, start.signal);
        return open(start);
      } finally {
        waiting -= 1;
        if (socket.readyState === SOCKET_IS_OPEN) closeIfUnused();
      }
    },
  };
}

/** Settles as the promise does, unless the signal is aborted first: then rejects with its reason. */
function raceSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", onAbort));
}

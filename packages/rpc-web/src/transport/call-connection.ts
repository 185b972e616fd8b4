import { Code, ConnectError } from "@connectrpc/connect";
import { decodeServerFrame, encodeFrame } from "@triptych/wire/call-frames.ts";
import { CALL_PROTOCOL, MAX_CLIENT_FRAME_BYTES } from "@triptych/wire/call-protocol.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import type { StreamEnvironment } from "../environment/stream-environment.ts";
import { type CallSocket, closeCodes, connectionError, type OpenSocket, SOCKET_IS_OPEN } from "./call-socket.ts";
import { type ClientCall, createClientCall, type DrivenCall } from "./client-call.ts";
import type { FrameRecorder } from "./frame-recorder.ts";
import { createNeverRunError } from "./never-run.ts";
import { createSocketWriter, type SocketWriter } from "./socket-writer.ts";

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
export function openCallConnection(options: CallConnectionOptions): CallConnection {
  return new SocketConnection(options);
}

class SocketConnection implements CallConnection {
  private readonly options: CallConnectionOptions;
  private readonly socket: CallSocket;
  private readonly writer: SocketWriter;
  private readonly opened = Promise.withResolvers<void>();
  private readonly calls = new Map<number, DrivenCall>();
  /** How many calls wait for the socket to open. */
  private waiting = 0;
  private isRetired = false;
  private lastStream = 0;
  /** When the server has last sent something. */
  private lastReceivedAt: number;
  private cancelTimer: () => void;

  constructor(options: CallConnectionOptions) {
    const { url, openSocket, environment } = options;
    this.options = options;
    this.opened.promise.catch(() => undefined);
    this.socket = openSocket(url, CALL_PROTOCOL);
    this.socket.binaryType = "arraybuffer";
    this.writer = createSocketWriter(this.socket, environment.schedule);
    this.lastReceivedAt = environment.now();
    this.cancelTimer = environment.schedule(CONNECT_TIMEOUT_MS, () => {
      const text = `no connection to the server within ${CONNECT_TIMEOUT_MS / 1_000} s`;
      this.breakOff(new ConnectError(text, Code.Unavailable));
    });
    this.socket.onopen = () => this.checkProtocol();
    this.socket.onclose = (event) => this.fail(connectionError(event));
    this.socket.onmessage = ({ data }) => this.receive(data);
  }

  get takesCalls(): boolean {
    return !this.isRetired && this.lastStream < MAX_STREAM_ID;
  }

  async start(start: StreamStart): Promise<ClientCall> {
    this.waiting += 1;
    try {
      await raceSignal(this.opened.promise, start.signal);
      return this.open(start);
    } finally {
      this.waiting -= 1;
      if (this.socket.readyState === SOCKET_IS_OPEN) this.closeIfUnused();
    }
  }

  private open({ path, metadata, recorder }: StreamStart): ClientCall {
    if (this.isRetired) throw createNeverRunError();
    const stream = this.lastStream + 1;
    const frame = encodeFrame({ type: "open", stream, path, metadata });
    if (frame.length > MAX_CLIENT_FRAME_BYTES) {
      const text = `metadata must fit into ${MAX_CLIENT_FRAME_BYTES} bytes: got ${frame.length}`;
      throw new ConnectError(text, Code.ResourceExhausted);
    }
    const { now } = this.options.environment;
    const openedAt = now();
    const onEnd = (isCancelled: boolean) => {
      this.calls.delete(stream);
      const isDoubtful = isCancelled && now() - Math.max(openedAt, this.lastReceivedAt) >= DOUBT_MS;
      if (isDoubtful || stream === MAX_STREAM_ID) this.retire();
      else this.closeIfUnused();
    };
    this.lastStream = stream;
    const driven = createClientCall({ stream, writer: this.writer, recorder, onEnd });
    this.calls.set(stream, driven);
    this.cancelTimer();
    this.writer.send(frame);
    recorder.opened();
    return driven.call;
  }

  private checkProtocol(): void {
    this.cancelTimer();
    const { protocol } = this.socket;
    if (protocol === CALL_PROTOCOL) {
      this.opened.resolve();
      this.closeIfUnused();
      return;
    }
    this.breakOff(new ConnectError(`the server must speak ${CALL_PROTOCOL}: got "${protocol}"`, Code.Internal));
  }

  private receive(data: unknown): void {
    this.lastReceivedAt = this.options.environment.now();
    try {
      this.takeFrame(data);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.breakOff(new ConnectError(`the server broke the protocol: ${error.message}`, Code.Internal));
    }
  }

  private takeFrame(data: unknown): void {
    if (!(typeof data === "object" && data !== null)) throw new ProtocolError("messages must be binary: got text");
    // Binary messages come as one buffer, because that type is set.
    const frame = decodeServerFrame(new Uint8Array(data as ArrayBuffer));
    if (frame.stream > this.lastStream)
      throw new ProtocolError(`a stream must be open: got ${frame.type} of ${frame.stream}`);
    if (frame.type === "goaway") {
      for (const [stream, call] of this.calls) if (stream > frame.stream) this.dropCall(stream, call);
      this.retire();
    } else {
      // A stream that was cancelled is not known any more, which the server did not know when it sent the frame.
      this.calls.get(frame.stream)?.receive(frame);
    }
  }

  private dropCall(stream: number, call: DrivenCall): void {
    this.calls.delete(stream);
    call.fail(createNeverRunError());
  }

  private retire(): void {
    this.isRetired = true;
    this.closeIfUnused();
  }

  private closeIfUnused(): void {
    if (this.calls.size > 0 || this.waiting > 0) return;
    this.cancelTimer();
    if (this.isRetired) this.socket.close(closeCodes.normal);
    else this.cancelTimer = this.options.environment.schedule(this.options.idleMs, () => this.retire());
  }

  private breakOff(error: ConnectError): void {
    this.fail(error);
    // A close frame has room for 123 bytes.
    this.socket.close(closeCodes.protocolError, error.rawMessage.replace(/[^ -~]/g, "?").slice(0, 120));
  }

  private fail(error: ConnectError): void {
    this.isRetired = true;
    this.cancelTimer();
    this.opened.reject(error);
    for (const call of this.calls.values()) call.fail(error);
    this.calls.clear();
    this.writer.close();
  }
}

/** Settles as the promise does, unless the signal is aborted first: then rejects with its reason. */
function raceSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", onAbort));
}

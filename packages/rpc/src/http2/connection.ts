import type { Socket } from "node:net";
import { ConnectionError } from "./connection-error.ts";
import { ConnectionTimers, type TimedConnection, type TimedOut } from "./connection-timers.ts";
import { type ControlTarget, takeControlFrame } from "./control-frames.ts";
import { ControlWriter } from "./control-writer.ts";
import { ErrorCode } from "./error-code.ts";
import type { Http2Connection, Http2Handler } from "./face.ts";
import { FloodGuard } from "./flood-guard.ts";
import { FrameFlag, FrameType, MAX_31_BITS } from "./frame.ts";
import { FrameReader, type FrameSink } from "./frame-reader.ts";
import type { Http2Limits } from "./limits.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { takeContinuation, takeData, takeHeaders, takeReset } from "./request-frames.ts";
import { RequestStreams } from "./request-streams.ts";
import { DEFAULT_WINDOW, Sender } from "./sender.ts";
import type { ServerStream } from "./server-stream.ts";
import { ownSettings } from "./settings.ts";
import type { StreamTable } from "./stream-table.ts";
import type { Sweeper, Swept } from "./sweeper.ts";
import { runNextTurn, type Turning } from "./turn-scheduler.ts";

/** How many streams and bytes of one connection are taken before others have their turn. */
const STREAMS_PER_TURN = 128;
const BYTES_PER_TURN = 262_144;
/** Chunks below this are all that there was to read. */
const LARGE_CHUNK_BYTES = 8_192;
/** What is still read of a client that was told why its connection ends, in bytes. */
const MAX_LINGER_BYTES = 262_144;
/** The payload of the ping behind a first GOAWAY; those that ask whether the client is there count from 1. */
const GOAWAY_PING = 0xffff_ffff;

/** What a connection is made of. */
export interface ConnectionParts {
  readonly socket: Socket;
  readonly limits: Http2Limits;
  readonly handler: Http2Handler;
  readonly sweeper: Sweeper;
  readonly onError: (error: unknown) => void;
}

/** A connection that a client has opened. */
export class ServerConnection implements Http2Connection, ControlTarget, FrameSink, Swept, Turning, TimedConnection {
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly isEncrypted: boolean;
  readonly limits: Http2Limits;
  readonly sender: Sender;
  readonly control: ControlWriter;
  readonly guard: FloodGuard;
  readonly streams: StreamTable;
  private readonly requests: RequestStreams;
  private readonly socket: Socket;
  private readonly handler: Http2Handler;
  private readonly onError: (error: unknown) => void;
  private readonly sweeper: Sweeper;
  private readonly output: OutputBuffer;
  private readonly reader: FrameReader;
  private readonly timers: ConnectionTimers;
  /** Open; closing, when this side has said its last and waits for the socket to close; closed. */
  private phase: "open" | "closing" | "closed" = "open";
  /** Whether frames are being read or a turn runs, which ends with a flush. */
  private isWorking = false;
  private isTurnDue = false;
  private hasPeerSettings = false;
  private isPeerLeaving = false;
  private goAwayStep: "none" | "announced" | "final" = "none";
  private goAwayCode: number | undefined = undefined;
  private streamsBefore = 0;
  private bytesThisTurn = 0;
  /** What was read and not taken yet, since others have their turn. */
  private backlog: Buffer | undefined = undefined;
  private lingerBytes = 0;

  constructor({ socket, limits, handler, sweeper, onError }: ConnectionParts) {
    this.socket = socket;
    this.limits = limits;
    this.handler = handler;
    this.onError = onError;
    this.sweeper = sweeper;
    this.remoteAddress = socket.remoteAddress;
    this.remotePort = socket.remotePort;
    this.isEncrypted = "encrypted" in socket && socket.encrypted === true;
    this.output = new OutputBuffer(socket, this.isEncrypted, () => this.touched());
    this.guard = new FloodGuard(limits, sweeper.now);
    this.sender = new Sender(this.output, this.guard, limits.writeHighWaterMark);
    this.control = new ControlWriter(this.output, limits.maxQueuedControlBytes);
    this.reader = new FrameReader(this);
    this.timers = new ConnectionTimers(limits, sweeper.now());
    this.requests = new RequestStreams({
      connection: this,
      limits,
      handler,
      sender: this.sender,
      control: this.control,
      guard: this.guard,
      now: sweeper.now,
      onError,
      onStreamClosed: () => this.streamClosed(),
    });
    this.streams = this.requests.streams;
  }

  /** Begins to serve; `head` was read already. */
  start(head: Buffer | undefined): void {
    const { socket } = this;
    this.sweeper.add(this);
    socket.on("error", () => undefined);
    socket.on("close", () => this.socketClosed());
    socket.on("drain", () => this.socketDrained());
    socket.on("end", () => this.socketEnded());
    this.control.settings(ownSettings(this.limits));
    if (this.limits.connectionWindowSize > DEFAULT_WINDOW) {
      this.control.windowUpdate(0, this.limits.connectionWindowSize - DEFAULT_WINDOW);
    }
    if (head !== undefined) this.receive(head);
    socket.on("data", (chunk: Buffer) => this.receive(chunk));
    if (socket.destroyed) process.nextTick(() => this.socketClosed());
  }

  get openStreams(): number {
    return this.streams.open.size;
  }

  get streamsOpened(): number {
    return this.streams.opened;
  }

  get isClosed(): boolean {
    return this.phase === "closed";
  }

  get bufferedBytes(): number {
    return this.sender.bufferedBytes;
  }

  get isOpened(): boolean {
    return this.reader.isOpened;
  }

  get blockedBytes(): number | undefined {
    return this.output.isBlocked ? this.socket.writableLength : undefined;
  }

  get takesFrames(): boolean {
    return (
      this.phase === "open" &&
      this.streams.opened - this.streamsBefore < STREAMS_PER_TURN &&
      this.bytesThisTurn <= BYTES_PER_TURN
    );
  }

  goAway(): void {
    if (this.phase !== "open" || this.goAwayStep !== "none") return;
    this.goAwayStep = "announced";
    this.timers.goingAway(this.sweeper.now());
    this.control.goAway(MAX_31_BITS, ErrorCode.noError, "");
    this.sendPing(GOAWAY_PING);
  }

  destroy(): void {
    this.socket.destroy();
    this.lose("cut by the server");
  }

  frame(type: number, flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    const { requests } = this;
    if (type === FrameType.continuation || requests.blocks.open !== undefined) {
      takeContinuation(requests, type, flags, id, bytes, start, end);
    } else if (type === FrameType.data) takeData(requests, flags, id, bytes, start, end);
    else if (type === FrameType.headers && this.hasPeerSettings) takeHeaders(requests, flags, id, bytes, start, end);
    else if (type === FrameType.rstStream) takeReset(requests, id, bytes, start, end);
    else this.takeOther(type, flags, id, bytes, start, end);
  }

  private takeOther(type: number, flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    // Section 3.4: the first frame is SETTINGS, and no acknowledgement.
    if (!this.hasPeerSettings && (type !== FrameType.settings || flags & FrameFlag.ack)) {
      throw new ConnectionError(ErrorCode.protocolError, "no SETTINGS behind the preface");
    }
    this.hasPeerSettings = true;
    takeControlFrame(this, type, flags, id, bytes, start, end);
  }

  settingsAcknowledged(): void {
    this.timers.settingsAcked();
    this.requests.areSettingsKnown = true;
  }

  pingAnswered(payload: number): void {
    this.timers.pingAnswered();
    if (payload === GOAWAY_PING) this.goAwayFinally();
  }

  peerGoesAway(): void {
    this.guard.controlFrame(1);
    this.isPeerLeaving = true;
  }

  streamError(stream: ServerStream, code: number, reason: string): void {
    this.requests.streamError(stream, code, reason);
  }

  sendPing(payload: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(payload, 4);
    this.control.ping(bytes);
  }

  sweep(now: number): void {
    const timedOut = this.timers.check(this, now);
    if (timedOut !== undefined) this.timeOut(timedOut);
    this.requests.sweep(now);
  }

  /** One turn of the event loop: goes on with what had to wait for it, and sends what has been made since. */
  turn(): void {
    this.isTurnDue = false;
    this.beginTurn();
    if (this.phase !== "open") return;
    this.isWorking = true;
    if (this.backlog !== undefined) this.takeBacklog(this.backlog);
    this.sender.pump();
    const { drained } = this.sender;
    this.sender.drained = [];
    // The sender knows of streams only what it needs; these are those that it was given.
    for (const stream of drained) this.requests.deliverDrained(stream as ServerStream);
    this.isWorking = false;
    if (this.phase === "open") this.output.flush();
    this.afterWork();
  }

  private beginTurn(): void {
    this.streamsBefore = this.streams.opened;
    this.bytesThisTurn = 0;
    this.sender.beginTurn();
  }

  private receive(chunk: Buffer): void {
    if (this.phase !== "open") {
      this.drop(chunk.length);
      return;
    }
    this.bytesThisTurn += chunk.length;
    if (this.backlog !== undefined) {
      this.backlog = Buffer.concat([this.backlog, chunk]);
      return;
    }
    // Small chunks come once a turn, so that they need not be counted.
    if (chunk.length < LARGE_CHUNK_BYTES && !this.isTurnDue) this.beginTurn();
    else this.touched();
    this.isWorking = true;
    this.take(chunk);
    this.isWorking = false;
    // Responses that are ready go out at once; what can wait goes with what the turn makes.
    if (this.sender.hasSent && this.phase === "open") this.output.flush();
    this.afterWork();
  }

  /** Reads frames; what may not be read in this turn is kept, and the socket left alone. */
  private take(bytes: Buffer): void {
    try {
      const at = this.reader.read(bytes, 0);
      if (this.phase !== "open" || this.takesFrames) return;
      this.backlog = bytes.subarray(at);
      this.socket.pause();
    } catch (error) {
      this.fail(error);
    }
  }

  private takeBacklog(backlog: Buffer): void {
    this.backlog = undefined;
    this.take(backlog);
    if (this.backlog === undefined) this.socket.resume();
  }

  /** What work may have left to do. */
  private afterWork(): void {
    if (this.phase !== "open") return;
    if (this.control.isFull) this.fail(new ConnectionError(ErrorCode.enhanceYourCalm, "answers are not read"));
    else if (this.streams.open.size === 0 && (this.isPeerLeaving || this.goAwayStep === "final")) this.finish();
    else if (this.output.length > 0 || this.hasWork) this.touched();
  }

  private get hasWork(): boolean {
    return this.backlog !== undefined || this.sender.hasReady || this.sender.drained.length > 0;
  }

  private touched(): void {
    if (this.isWorking || this.isTurnDue) return;
    this.isTurnDue = true;
    runNextTurn(this);
  }

  private streamClosed(): void {
    if (this.isPeerLeaving || this.goAwayStep === "final") this.touched();
  }

  private goAwayFinally(): void {
    if (this.phase !== "open" || this.goAwayStep !== "announced") return;
    this.goAwayStep = "final";
    this.requests.lastAccepted = this.streams.lastId;
    this.control.goAway(this.streams.lastId, ErrorCode.noError, "");
    this.touched();
  }

  private timeOut(timedOut: TimedOut): void {
    if (timedOut === "idle") this.goAway();
    else if (timedOut === "goaway") this.goAwayFinally();
    else if (timedOut === "settings") this.fail(new ConnectionError(ErrorCode.settingsTimeout, "no acknowledgement"));
    else this.destroy();
  }

  /** Ends the connection for what the client has done, and tells it what that was. */
  private fail(error: unknown): void {
    if (this.phase !== "open") return;
    const isKnown = error instanceof ConnectionError;
    if (!isKnown) this.onError(error);
    const code = isKnown ? error.code : ErrorCode.internalError;
    const reason = isKnown ? error.message : "internal error";
    this.goAwayCode = code;
    this.control.goAway(Math.min(this.streams.lastId, this.requests.lastAccepted), code, reason);
    this.requests.closeAll({ kind: "connection-lost", code, reason });
    this.close();
  }

  /** Ends the connection when nothing is left to do on it. */
  private finish(): void {
    if (this.goAwayStep !== "final") this.control.goAway(this.streams.lastId, ErrorCode.noError, "");
    this.close();
  }

  /** Closes this side; what the client still sends is dropped, so that it can read what it was told. */
  private close(): void {
    this.output.flush();
    this.phase = "closing";
    this.backlog = undefined;
    this.timers.closing(this.sweeper.now());
    if (this.output.isBlocked) this.socket.destroy();
    else this.socket.end();
    this.socket.resume();
  }

  private drop(bytes: number): void {
    this.lingerBytes += bytes;
    if (this.lingerBytes > MAX_LINGER_BYTES) this.socket.destroy();
  }

  private socketDrained(): void {
    this.output.isBlocked = false;
    this.touched();
  }

  /** HTTP/2 has no half-closed connections: a client that has closed its side reads no more. */
  private socketEnded(): void {
    if (this.phase !== "open") return;
    this.lose("closed by the client");
    this.close();
  }

  private lose(reason: string): void {
    this.requests.closeAll({ kind: "connection-lost", code: this.goAwayCode, reason });
  }

  private socketClosed(): void {
    if (this.phase === "closed") return;
    this.phase = "closed";
    this.lose("the socket has closed");
    this.sweeper.delete(this);
    this.output.clear();
    this.backlog = undefined;
    try {
      this.handler.connectionClosed?.(this);
    } catch (error) {
      this.onError(error);
    }
  }
}

import type { Socket } from "node:net";
import { ConnectionError } from "./connection-error.ts";
import { ConnectionTimers, type TimedOut } from "./connection-timers.ts";
import { ConnectionWorker } from "./connection-worker.ts";
import { ControlWriter } from "./control-writer.ts";
import { ErrorCode } from "./error-code.ts";
import type { Http2Connection, Http2Handler } from "./face.ts";
import { FloodGuard } from "./flood-guard.ts";
import { GracefulShutdown } from "./graceful-shutdown.ts";
import type { Http2Limits } from "./limits.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { RequestStreams } from "./request-streams.ts";
import type { DateSource } from "./response-date.ts";
import { DEFAULT_WINDOW, Sender } from "./sender.ts";
import { ownSettings } from "./settings.ts";
import type { StreamTable } from "./stream-table.ts";
import type { Sweeper, Swept } from "./sweeper.ts";

/** How much is still read of a client after its GOAWAY, in bytes. */
const MAX_LINGER_BYTES = 262_144;
/** The payload of the ping behind a first GOAWAY; those of the keep-alive count from 1. */
const GOAWAY_PING = 0xffff_ffff;

/** What a connection is made of. */
export interface ConnectionParts {
  readonly socket: Socket;
  readonly limits: Http2Limits;
  readonly handler: Http2Handler;
  readonly sweeper: Sweeper;
  readonly dates: DateSource;
  readonly onError: (error: unknown) => void;
}

/** A connection that a client has opened: what all its parts share, and its life from the first byte to the last. */
export class ServerConnection implements Http2Connection, Swept {
  readonly remoteAddress: string | undefined;
  readonly isEncrypted: boolean;
  readonly socket: Socket;
  readonly limits: Http2Limits;
  readonly handler: Http2Handler;
  readonly onError: (error: unknown) => void;
  readonly now: () => number;
  readonly output: OutputBuffer;
  readonly guard: FloodGuard;
  readonly sender: Sender;
  readonly control: ControlWriter;
  readonly shutdown = new GracefulShutdown();
  readonly requests: RequestStreams;
  readonly streams: StreamTable;
  private readonly sweeper: Sweeper;
  private readonly worker: ConnectionWorker;
  private readonly timers: ConnectionTimers;
  /** Open; closing, when this side has written its last and waits for the socket to close; closed. */
  private phase: "open" | "closing" | "closed" = "open";
  private goAwayCode: number | undefined = undefined;
  private lingerBytes = 0;

  constructor({ socket, limits, handler, sweeper, dates, onError }: ConnectionParts) {
    this.socket = socket;
    this.limits = limits;
    this.handler = handler;
    this.onError = onError;
    this.sweeper = sweeper;
    this.now = sweeper.now;
    this.remoteAddress = socket.remoteAddress;
    this.isEncrypted = "encrypted" in socket && socket.encrypted === true;
    this.output = new OutputBuffer(socket, this.isEncrypted, () => this.worker.schedule());
    this.guard = new FloodGuard(limits, sweeper.now);
    this.sender = new Sender(this.output, this.guard, limits.writeHighWaterMark, dates);
    this.control = new ControlWriter(this.output, limits.maxQueuedControlBytes);
    this.timers = new ConnectionTimers(limits, sweeper.now());
    this.requests = new RequestStreams(this);
    this.streams = this.requests.streams;
    this.worker = new ConnectionWorker(this);
  }

  /** Begins to serve. */
  start(): void {
    const { socket } = this;
    this.sweeper.add(this);
    // What a turn writes is in one piece already.
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("close", () => this.socketClosed());
    socket.on("drain", () => this.socketDrained());
    socket.on("end", () => this.socketEnded());
    this.control.settings(ownSettings(this.limits));
    if (this.limits.connectionWindowSize > DEFAULT_WINDOW) {
      this.control.windowUpdate(0, this.limits.connectionWindowSize - DEFAULT_WINDOW);
    }
    socket.on("data", (chunk: Buffer) => this.receive(chunk));
    // Finding out what it speaks may have paused it.
    socket.resume();
    if (socket.destroyed) process.nextTick(() => this.socketClosed());
  }

  get openStreams(): number {
    return this.streams.open.size;
  }

  get streamsOpened(): number {
    return this.streams.opened;
  }

  get bufferedBytes(): number {
    return this.sender.bufferedBytes;
  }

  get hasPreface(): boolean {
    return this.worker.reader.hasPreface;
  }

  /** Bytes that wait for the socket to take them; undefined when it takes what it is given. */
  get blockedBytes(): number | undefined {
    return this.output.isBlocked || this.phase === "closing" ? this.socket.writableLength : undefined;
  }

  /** Whether the connection goes on. */
  get isOpen(): boolean {
    return this.phase === "open";
  }

  goAway(): void {
    if (this.phase !== "open" || !this.shutdown.announce(this.control)) return;
    this.timers.goingAway(this.now());
    this.sendPing(GOAWAY_PING);
  }

  destroy(): void {
    if (this.phase === "open") this.phase = "closing";
    this.socket.destroy();
    this.lose("cut by the server");
  }

  /** The client has acknowledged our settings. */
  settingsAcknowledged(): void {
    this.timers.settingsAcked();
    this.requests.areSettingsKnown = true;
  }

  /** The client has answered a ping of ours. */
  pingAnswered(payload: number): void {
    this.timers.pingAnswered();
    if (payload === GOAWAY_PING) this.sendLastGoAway();
  }

  /** The client will open no more streams. */
  peerGoesAway(): void {
    this.guard.controlFrame(1);
    this.shutdown.peerSentGoAway = true;
  }

  sendPing(payload: number): void {
    this.control.ping(payload);
  }

  sweep(now: number): void {
    const timedOut = this.timers.check(this, now);
    if (timedOut !== undefined) this.timeOut(timedOut);
    this.requests.sweep(now);
  }

  /** Ends the connection when it has nothing more to do, or its client reads none of what it asks for. */
  workDone(): void {
    if (this.control.isFull) this.fail(new ConnectionError(ErrorCode.enhanceYourCalm, "responses are not read"));
    else if (this.streams.open.size === 0 && this.shutdown.isDue && !this.output.isBlocked) this.finish();
  }

  /** Ends the connection for what the client has done, and sends it the reason. */
  fail(error: unknown): void {
    if (this.phase !== "open") return;
    const isKnown = error instanceof ConnectionError;
    if (!isKnown) this.onError(error);
    const code = isKnown ? error.code : ErrorCode.internalError;
    const reason = isKnown ? error.message : "internal error";
    this.goAwayCode = code;
    this.control.goAway(Math.min(this.streams.lastId, this.shutdown.lastAccepted), code, reason);
    this.requests.closeAll({ kind: "connection-lost", code, reason });
    this.close();
  }

  private receive(chunk: Buffer): void {
    if (this.phase === "open") this.worker.receive(chunk);
    else this.linger(chunk.length);
  }

  /** A stream is closed for good. */
  streamClosed(): void {
    if (this.shutdown.isDue) this.worker.schedule();
  }

  private sendLastGoAway(): void {
    if (this.phase !== "open" || !this.shutdown.conclude(this.control, this.streams.lastId)) return;
    this.worker.schedule();
  }

  private timeOut(timedOut: TimedOut): void {
    if (timedOut === "idle") this.goAway();
    else if (timedOut === "goaway") this.sendLastGoAway();
    else if (timedOut === "settings") this.fail(new ConnectionError(ErrorCode.settingsTimeout, "no acknowledgement"));
    else this.destroy();
  }

  /** Ends the connection when nothing is left to do on it. */
  private finish(): void {
    this.shutdown.finish(this.control, this.streams.lastId);
    this.close();
  }

  /** Closes this side; what the client still sends is dropped, so that it can read the reason. */
  private close(): void {
    this.output.flush();
    this.phase = "closing";
    // What the socket has not taken, because the client does not read, would keep the connection open for it.
    if (this.output.length > 0) this.socket.destroy();
    else this.socket.end(() => this.timers.closing(this.now()));
    this.worker.reader.drop();
  }

  private linger(bytes: number): void {
    this.lingerBytes += bytes;
    if (this.lingerBytes > MAX_LINGER_BYTES) this.socket.destroy();
  }

  private socketDrained(): void {
    this.output.isBlocked = false;
    this.control.drained();
    this.worker.schedule();
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
    try {
      this.handler.connectionClosed?.(this);
    } catch (error) {
      this.onError(error);
    }
  }
}

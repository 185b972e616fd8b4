import type { Socket } from "node:net";
import { FrameReader, type FrameSink } from "./frame-reader.ts";
import type { StreamTable } from "./stream-table.ts";

/** How many streams and bytes of one connection are taken before others have their turn. */
const STREAMS_PER_TURN = 128;
const BYTES_PER_TURN = 262_144;
/** A chunk below this is all that there was to read, so that the next one comes in another turn. */
const LARGE_CHUNK_BYTES = 8_192;

/** Who takes the frames that a socket brings. */
export interface FrameTaker {
  /** Whether the connection goes on. */
  readonly isOpen: boolean;
  frame(type: number, flags: number, stream: number, bytes: Buffer, start: number, end: number): void;
}

/** Reads the frames of a socket, so many in a turn; the rest waits here, and what comes behind it in the system. */
export class SocketReader implements FrameSink {
  private readonly socket: Socket;
  private readonly streams: StreamTable;
  private readonly taker: FrameTaker;
  private readonly reader: FrameReader;
  private streamsBefore = 0;
  private bytesThisTurn = 0;
  private backlog: Buffer | undefined = undefined;

  constructor(socket: Socket, streams: StreamTable, taker: FrameTaker) {
    this.socket = socket;
    this.streams = streams;
    this.taker = taker;
    this.reader = new FrameReader(this);
  }

  /** Whether the preface has come. */
  get isOpened(): boolean {
    return this.reader.isOpened;
  }

  /** Whether something waits for the next turn. */
  get hasBacklog(): boolean {
    return this.backlog !== undefined;
  }

  get takesFrames(): boolean {
    return (
      this.taker.isOpen &&
      this.streams.opened - this.streamsBefore < STREAMS_PER_TURN &&
      this.bytesThisTurn <= BYTES_PER_TURN
    );
  }

  frame(type: number, flags: number, stream: number, bytes: Buffer, start: number, end: number): void {
    this.taker.frame(type, flags, stream, bytes, start, end);
  }

  beginTurn(): void {
    this.streamsBefore = this.streams.opened;
    this.bytesThisTurn = 0;
  }

  /** Counts a chunk; returns whether more may come in this turn, whose begin the caller then has to tell. */
  count(chunk: Buffer): boolean {
    this.bytesThisTurn += chunk.length;
    return chunk.length >= LARGE_CHUNK_BYTES || this.backlog !== undefined;
  }

  /** Reads the frames of a chunk, or keeps them for the next turn. Throws the ConnectionError that ends the connection. */
  read(chunk: Buffer): void {
    if (this.backlog !== undefined) {
      this.backlog = Buffer.concat([this.backlog, chunk]);
      return;
    }
    const at = this.reader.read(chunk, 0);
    if (!this.taker.isOpen || this.takesFrames) return;
    this.backlog = chunk.subarray(at);
    this.socket.pause();
  }

  /** Goes on with what had to wait, and then with the socket. */
  readBacklog(): void {
    const { backlog } = this;
    if (backlog === undefined) return;
    this.backlog = undefined;
    this.read(backlog);
    if (this.backlog === undefined) this.socket.resume();
  }

  /** Forgets what waits; the socket goes on. */
  drop(): void {
    this.backlog = undefined;
    this.socket.resume();
  }
}

import type { ServerConnection } from "./connection.ts";
import { protocolError } from "./connection-error.ts";
import { takeControlFrame } from "./control-frames.ts";
import { type Frame, FrameFlag, FrameType } from "./frame.ts";
import { FrameReader, type FrameSink } from "./frame-reader.ts";
import { takeContinuation, takeData, takeHeaders, takeReset } from "./request-frames.ts";

/** How many streams and bytes of one connection are taken before others have their turn. */
const STREAMS_PER_TURN = 128;
const BYTES_PER_TURN = 262_144;
/** A chunk below this is all that there was to read, so that the next one comes in another turn. */
const LARGE_CHUNK_BYTES = 8_192;

/** Reads the frames of a socket, so many in a turn, and has each taken; the rest waits here, and what comes behind it in the system. */
export class SocketReader implements FrameSink {
  private readonly connection: ServerConnection;
  private readonly reader: FrameReader;
  private hasPeerSettings = false;
  private streamsBefore = 0;
  private bytesThisTurn = 0;
  private backlog: Buffer | undefined = undefined;

  constructor(connection: ServerConnection) {
    this.connection = connection;
    this.reader = new FrameReader(this);
  }

  get hasPreface(): boolean {
    return this.reader.hasPreface;
  }

  /** Whether something waits for the next turn. */
  get hasBacklog(): boolean {
    return this.backlog !== undefined;
  }

  get takesFrames(): boolean {
    const { connection } = this;
    return (
      connection.isOpen &&
      connection.streams.opened - this.streamsBefore < STREAMS_PER_TURN &&
      this.bytesThisTurn <= BYTES_PER_TURN
    );
  }

  takeFrame(frame: Frame): void {
    const { requests } = this.connection;
    const { type } = frame;
    if (type === FrameType.continuation || requests.blocks.open !== undefined) takeContinuation(requests, frame);
    else if (type === FrameType.data) takeData(requests, frame);
    else if (type === FrameType.headers && this.hasPeerSettings) takeHeaders(requests, frame);
    else if (type === FrameType.rstStream) takeReset(requests, frame);
    else {
      // Section 3.4: the first frame is SETTINGS, and no acknowledgement.
      if (!this.hasPeerSettings && (type !== FrameType.settings || frame.has(FrameFlag.ack))) {
        throw protocolError("no SETTINGS behind the preface");
      }
      this.hasPeerSettings = true;
      takeControlFrame(this.connection, frame);
    }
  }

  beginTurn(): void {
    this.streamsBefore = this.connection.streams.opened;
    this.bytesThisTurn = 0;
  }

  /** Counts a chunk; returns whether more may come in this turn: the caller then has to begin the next. */
  count(chunk: Buffer): boolean {
    this.bytesThisTurn += chunk.length;
    return chunk.length >= LARGE_CHUNK_BYTES || this.backlog !== undefined;
  }

  /**
   * Reads the frames of a chunk, or keeps them for the next turn.
   * @throws ConnectionError that ends the connection.
   */
  read(chunk: Buffer): void {
    if (this.backlog !== undefined) {
      this.backlog = Buffer.concat([this.backlog, chunk]);
      return;
    }
    const at = this.reader.read(chunk, 0);
    if (!this.connection.isOpen || this.takesFrames) return;
    this.backlog = chunk.subarray(at);
    this.connection.socket.pause();
  }

  /** Goes on with what had to wait, and then with the socket. */
  readBacklog(): void {
    const { backlog } = this;
    if (backlog === undefined) return;
    this.backlog = undefined;
    this.read(backlog);
    if (this.backlog === undefined) this.connection.socket.resume();
  }

  /** Forgets what waits; the socket goes on. */
  drop(): void {
    this.backlog = undefined;
    this.connection.socket.resume();
  }
}

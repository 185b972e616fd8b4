import { EventEmitter, once } from "node:events";
import { connect, type Socket } from "node:net";
import {
  frame,
  PREFACE,
  type ReadFrame,
  readFrames,
  settings,
  settingsAck,
} from "@triptych/testkit/http2/http2-frames.ts";
import { FrameFlag, FrameType } from "../../src/http2/frame.ts";

/** How a client behaves. */
export interface RawClientOptions {
  readonly settings?: readonly (readonly [id: number, value: number])[];
  /** Whether it sends a preface and settings, and acknowledges those of the server. */
  readonly greets?: boolean;
  /** Whether it answers pings. */
  readonly answersPings?: boolean;
  /** Whether it reads. */
  readonly reads?: boolean;
}

/** A client that sends what it is given, and waits for frames. */
export class RawClient implements Disposable {
  readonly frames: ReadFrame[] = [];
  readonly socket: Socket;
  isClosed = false;
  private readonly changed = new EventEmitter();
  private rest: Buffer = Buffer.alloc(0);
  private readonly answersPings: boolean;

  constructor(socket: Socket, { reads = true, answersPings = true }: RawClientOptions) {
    this.socket = socket;
    this.answersPings = answersPings;
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.isClosed = true;
      this.changed.emit("change");
    });
    if (reads) socket.on("data", (chunk: Buffer) => this.receive(chunk));
  }

  private receive(chunk: Buffer): void {
    const { frames, rest } = readFrames(Buffer.concat([this.rest, chunk]));
    this.rest = rest;
    for (const read of frames) {
      this.frames.push(read);
      if (this.answersPings && read.type === FrameType.ping && (read.flags & FrameFlag.ack) === 0) {
        this.send(frame(FrameType.ping, FrameFlag.ack, 0, read.payload));
      }
    }
    this.changed.emit("change");
  }

  send(...bytes: readonly Buffer[]): void {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(bytes));
  }

  /** Resolves with what `find` returns once that is not undefined; rejects when the connection is closed and it still is. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.isClosed) throw new Error(`closed after ${JSON.stringify(this.frames.map(describe))}`);
      await once(this.changed, "change");
    }
  }

  /** The first frame of a type, and of a stream if given. */
  next(type: number, stream?: number): Promise<ReadFrame> {
    return this.until(() => this.all(type, stream)[0]);
  }

  all(type: number, stream?: number): ReadFrame[] {
    return this.frames.filter((read) => read.type === type && (stream === undefined || read.stream === stream));
  }

  /** The code of the reset of a stream. */
  async resetCode(stream: number): Promise<number> {
    return (await this.next(FrameType.rstStream, stream)).payload.readUInt32BE(0);
  }

  /** The code of the GOAWAY that ends the connection; resolves when it is closed. */
  async goAwayCode(): Promise<number | undefined> {
    await this.closed();
    return this.all(FrameType.goAway).at(-1)?.payload.readUInt32BE(4);
  }

  /** Resolves when all that was sent before has been taken: the server answers in order. */
  async settled(): Promise<void> {
    const before = this.pongs();
    this.send(frame(FrameType.ping, 0, 0, Buffer.from("settled!")));
    await this.until(() => (this.pongs() > before ? true : undefined));
  }

  private pongs(): number {
    return this.all(FrameType.ping).filter(({ flags }) => flags & FrameFlag.ack).length;
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await once(this.changed, "change");
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

/** Opens a connection; `greets` unless given otherwise. */
export async function openRawClient(port: number, options: RawClientOptions = {}): Promise<RawClient> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const client = new RawClient(socket, options);
  await once(socket, "connect");
  if (options.greets ?? true) client.send(PREFACE, settings(options.settings), settingsAck);
  return client;
}

function describe({ type, flags, stream, payload }: ReadFrame): string {
  return `${type}/${flags}/${stream}/${payload.subarray(0, 12).toString("hex")}`;
}

import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { reachableFrom } from "@triptych/testkit/leftovers/reachable.ts";
import { afterEach, expect } from "vitest";
import type {
  Http2Connection,
  Http2Stream,
  RequestHead,
  StreamCloseCause,
  StreamConsumer,
} from "../../src/http2/face.ts";
import type { Http2Limits } from "../../src/http2/limits.ts";
import { prepareHeaders } from "../../src/http2/prepare-headers.ts";
import { type DateSource, HttpDate } from "../../src/http2/response-date.ts";
import { serveHttp2Connection } from "../../src/http2/serve-http2-connection.ts";
import { Sweeper } from "../../src/http2/sweeper.ts";

/** The response of streams whose test does not care. */
export const OK = prepareHeaders(200);

/** What a stream has brought. */
export class RecordedStream implements StreamConsumer {
  readonly stream: Http2Stream;
  readonly head: RequestHead;
  readonly chunks: Buffer[] = [];
  ends = 0;
  trailers: Readonly<Record<string, string>> | undefined;
  readonly closes: StreamCloseCause[] = [];
  drains = 0;
  private readonly behavior: Behavior;

  constructor(stream: Http2Stream, head: RequestHead, behavior: Behavior) {
    this.stream = stream;
    this.head = head;
    this.behavior = behavior;
  }

  get body(): string {
    return Buffer.concat(this.chunks).toString("latin1");
  }

  data(chunk: Uint8Array): void {
    this.chunks.push(Buffer.from(chunk));
    this.behavior.onData?.(this, chunk);
    if (this.behavior.consumes ?? true) this.stream.consumed(chunk.length);
  }

  end(trailers?: Readonly<Record<string, string>>): void {
    this.ends += 1;
    this.trailers = trailers;
    this.behavior.onEnd?.(this);
  }

  closed(cause: StreamCloseCause): void {
    this.closes.push(cause);
    this.behavior.onClosed?.(this);
  }

  drained(): void {
    this.drains += 1;
    this.behavior.onDrained?.(this);
  }
}

/** What streams do; nothing unless given. */
export interface Behavior {
  readonly onStream?: (recorded: RecordedStream, endStream: boolean) => void;
  readonly onData?: (recorded: RecordedStream, chunk: Uint8Array) => void;
  readonly onEnd?: (recorded: RecordedStream) => void;
  readonly onClosed?: (recorded: RecordedStream) => void;
  readonly onDrained?: (recorded: RecordedStream) => void;
  readonly consumes?: boolean;
  readonly limits?: Partial<Http2Limits>;
}

/** An engine behind a port of its own, with a clock and a date that only the test moves. */
export class ServedEngine {
  readonly streams: RecordedStream[] = [];
  readonly connections: Http2Connection[] = [];
  readonly errors: unknown[] = [];
  readonly sockets: Socket[] = [];
  private readonly socketsClosed: Promise<void>[] = [];
  connectionsClosed = 0;
  private nowMs = 0;
  readonly dates: { -readonly [Name in keyof DateSource]: DateSource[Name] } = { current: new HttpDate(0) };
  readonly sweeper = new Sweeper({ now: () => this.nowMs, intervalMs: 0 });
  readonly server: Server;

  constructor(behavior: Behavior) {
    this.server = createServer({ noDelay: true }, (socket) => {
      this.sockets.push(socket);
      this.socketsClosed.push(new Promise((resolve) => socket.on("close", () => resolve())));
      const options = {
        limits: behavior.limits ?? {},
        sweeper: this.sweeper,
        dates: this.dates,
        onError: (error: unknown) => this.errors.push(error),
      };
      const handler = {
        stream: (stream: Http2Stream, head: RequestHead, endStream: boolean) => {
          const recorded = new RecordedStream(stream, head, behavior);
          this.streams.push(recorded);
          stream.consumer = recorded;
          behavior.onStream?.(recorded, endStream);
          if (endStream) recorded.end();
        },
        connectionClosed: () => {
          this.connectionsClosed += 1;
        },
      };
      this.connections.push(serveHttp2Connection(socket, options, handler));
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connection(): Http2Connection {
    const [connection] = this.connections;
    if (connection === undefined) throw new Error("no connection");
    return connection;
  }

  /** The stream that came as the index-th. */
  stream(index = 0): RecordedStream {
    const stream = this.streams[index];
    if (stream === undefined) throw new Error(`no stream ${index}`);
    return stream;
  }

  /** Lets time pass, and the sweeper run, in steps of a second. */
  pass(ms: number): void {
    const end = this.nowMs + ms;
    while (this.nowMs < end) {
      this.nowMs = Math.min(end, this.nowMs + 1_000);
      this.sweeper.sweep();
    }
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    const closed = once(this.server, "close");
    this.server.close();
    await closed;
    await Promise.all(this.socketsClosed);
  }
}

/** What a closed connection may still hold, in bytes: a frame that was half read, and the header blocks that it remembers. */
const MAX_KEPT_BYTES = 32_768;

/** Serves behaviors for the tests of a file; after each test checks that nothing is left of any connection. */
export function useEngine(): (behavior?: Behavior) => Promise<ServedEngine> {
  const served: ServedEngine[] = [];
  afterEach(async () => {
    for (const engine of served.splice(0)) {
      await engine.close();
      expect(engine.connections.map(({ openStreams, bufferedBytes }) => openStreams + bufferedBytes)).toEqual(
        engine.connections.map(() => 0),
      );
      expect(engine.connectionsClosed).toBe(engine.connections.length);
      expect(engine.streams.filter(({ closes }) => closes.length !== 1)).toEqual([]);
      expectNothingKept(engine);
    }
  });
  return async (behavior = {}) => {
    const engine = new ServedEngine(behavior);
    served.push(engine);
    engine.server.listen(0, "127.0.0.1");
    await once(engine.server, "listening");
    return engine;
  };
}

/**
 * Shows that what is closed is forgotten: the sweeper no connection, a connection no stream, a stream not its consumer. A holder of a
 * stream, as a handler does that runs on, holds its connection with it, which then must have let go of what was waiting to be read or sent.
 */
function expectNothingKept({ sweeper, connections, streams }: ServedEngine): void {
  const swept = reachableFrom(sweeper);
  expect(connections.filter((connection) => swept.has(connection))).toEqual([]);
  const sockets = connections.map((connection) => Reflect.get(connection, "socket") as Socket);
  for (const connection of connections) {
    const kept = reachableFrom(connection, sockets);
    expect(streams.filter(({ stream }) => kept.has(stream)).map(({ stream }) => stream.id)).toEqual([]);
    const bytes = [...kept].reduce((sum, held) => sum + (ArrayBuffer.isView(held) ? held.byteLength : 0), 0);
    expect(bytes).toBeLessThan(MAX_KEPT_BYTES);
  }
  expect(streams.filter((recorded) => reachableFrom(recorded.stream, sockets).has(recorded))).toEqual([]);
}

/** Answers every request with its method, path and body. */
export const echo: Behavior = {
  onEnd: ({ stream, head, body }) => stream.sendAll(OK, Buffer.from(`${head.method} ${head.path} ${body}`), undefined),
};

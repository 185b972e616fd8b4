import { execFile } from "node:child_process";
import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { promisify } from "node:util";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Http2Connection, Http2Stream } from "../../src/http2/face.ts";
import { prepareHeaders } from "../../src/http2/prepare-headers.ts";
import { serveHttp2Connection } from "../../src/http2/serve-http2-connection.ts";
import { type Behavior, echo, OK, useEngine } from "./serve-engine.ts";

const serve = useEngine();
const run = promisify(execFile);
const sessions: ClientHttp2Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.destroy();
});

function connect(port: number, options = {}): ClientHttp2Session {
  const session = connectHttp2(`http://127.0.0.1:${port}`, options);
  session.on("error", () => undefined);
  sessions.push(session);
  return session;
}

async function request(session: ClientHttp2Session, headers: Record<string, string | string[]>, body: Buffer) {
  const stream = session.request({ ":method": "POST", ":path": "/", ...headers });
  const response = once(stream, "response");
  stream.end(body);
  const chunks = await stream.toArray();
  return { headers: (await response)[0], body: Buffer.concat(chunks) };
}

async function isInstalled(program: string): Promise<boolean> {
  return run(program, ["--version"]).then(
    () => true,
    () => false,
  );
}

/** Answers with the body that came, as it comes. */
const mirror: Behavior = {
  onStream: ({ stream }) => stream.respond(OK, false),
  onData: ({ stream }, chunk) => void stream.write(Buffer.from(chunk)),
  onEnd: ({ stream }) => stream.end(undefined, prepareHeaders(undefined, [["x-trailer", "1"]])),
};

describe("node:http2", () => {
  it("sends what bodies it likes, many at a time, and has them back", async () => {
    const engine = await serve(mirror);
    const session = connect(engine.port);
    const bodies = Array.from({ length: 40 }, (_, index) => Buffer.alloc(index * 5_000, index));
    const answers = await Promise.all(bodies.map((body) => request(session, {}, body)));
    expect(answers.map(({ body }) => body)).toEqual(bodies);
  });

  it("reads trailers", async () => {
    const engine = await serve(mirror);
    const stream = connect(engine.port).request({ ":method": "POST", ":path": "/" }, { endStream: true });
    const [trailers] = await once(stream.resume(), "trailers");
    expect(trailers).toMatchObject({ "x-trailer": "1" });
  });

  it("sends headers, compressed by its own encoder, that arrive as they were", async () => {
    const engine = await serve({ onEnd: ({ stream }) => stream.respond(OK, true) });
    const session = connect(engine.port);
    const name = fc.stringMatching(/^x-[a-z0-9]{1,12}$/);
    const value = fc.oneof(fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/), fc.stringMatching(/^[\xa1-\xff]{1,20}$/));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 12 }), async (headers) => {
        const before = engine.streams.length;
        await request(session, headers, Buffer.alloc(0));
        expect(engine.stream(before).head.headers).toEqual({ ...headers });
      }),
      { numRuns: 150 },
    );
  });

  it.each([0, 100, 4_096, 65_536])("allows a header table of %i bytes", async (headerTableSize) => {
    const engine = await serve(echo);
    const session = connect(engine.port, { settings: { headerTableSize } });
    for (let round = 0; round < 3; round++) {
      expect((await request(session, { "x-a": "b".repeat(50) }, Buffer.from("a"))).body.toString()).toBe("POST / a");
    }
  });

  it("changes its header table and windows while streams run", async () => {
    const engine = await serve(mirror);
    const session = connect(engine.port);
    await request(session, {}, Buffer.from("a"));
    for (const initialWindowSize of [1_000, 1_000_000, 0, 65_535]) {
      const settled = once(session, "localSettings");
      session.settings({ initialWindowSize, headerTableSize: initialWindowSize % 5_000 });
      const body = Buffer.alloc(200_000, initialWindowSize);
      const answer = request(session, { "x-size": String(initialWindowSize) }, body);
      await settled;
      if (initialWindowSize === 0) session.settings({ initialWindowSize: 300_000 });
      expect((await answer).body.equals(body)).toBe(true);
    }
  });

  it("has its connection drained while it makes requests, and none is lost", async () => {
    const engine = await serve(echo);
    const session = connect(engine.port);
    await request(session, {}, Buffer.from("a"));
    const answers = Array.from({ length: 20 }, () => request(session, {}, Buffer.from("a")));
    engine.connection.goAway();
    expect((await Promise.all(answers)).map(({ body }) => body.toString())).toEqual(answers.map(() => "POST / a"));
    if (!session.closed) await once(session, "close");
  });
});

describe("over TLS", () => {
  async function serveTls() {
    const connections: Http2Connection[] = [];
    const closed = Promise.withResolvers<Http2Connection>();
    const { key, cert } = await createCertificate();
    const server = createTlsServer({ key, cert, ALPNProtocols: ["h2"] }, (socket) => {
      const handler = {
        connectionClosed: closed.resolve,
        stream: (stream: Http2Stream) => {
          const chunks: Buffer[] = [];
          stream.consumer = {
            data: (chunk) => {
              chunks.push(Buffer.from(chunk));
              stream.consumed(chunk.length);
            },
            end: () => stream.sendAll(OK, Buffer.concat(chunks), undefined),
            closed: () => undefined,
            drained: () => undefined,
          };
        },
      };
      connections.push(serveHttp2Connection(socket, { onError: () => undefined }, handler));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A server that listens on a port has an address.
    return { server, connections, closed: closed.promise, port: (server.address() as AddressInfo).port };
  }

  it("serves bodies of all sizes at a time", async () => {
    const { server, connections, closed, port } = await serveTls();
    const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
    const bodies = Array.from({ length: 30 }, (_, index) => Buffer.alloc(index * index * 1_000, index));
    const answers = await Promise.all(bodies.map((body) => request(session, {}, body)));
    expect(answers.every(({ body }, index) => body.equals(bodies[index] ?? Buffer.alloc(0)))).toBe(true);
    expect(connections[0]?.isEncrypted).toBe(true);
    session.close();
    await once(session, "close");
    server.close();
    await once(server, "close");
    expect(await closed).toBe(connections[0]);
  });
});

describe("programs", async () => {
  it.skipIf(!(await isInstalled("curl")))("curl has its answer, with a body that it asks to send first", async () => {
    const engine = await serve({
      ...echo,
      onStream: ({ stream, head }) => {
        if (head.headers.expect !== undefined) stream.informational(prepareHeaders(100));
      },
    });
    const url = `http://127.0.0.1:${engine.port}/a`;
    const body = "b".repeat(100_000);
    const arguments_ = ["-s", "--http2-prior-knowledge", "-H", "Expect: 100-continue", "--data-raw", body, url];
    expect((await run("curl", arguments_)).stdout).toBe(`POST /a ${body}`);
  });

  it.skipIf(!(await isInstalled("nghttp")))("nghttp has its answers (skipped without nghttp2-client)", async () => {
    const engine = await serve(echo);
    const url = `http://127.0.0.1:${engine.port}/a`;
    expect((await run("nghttp", ["--header-table-size=0", url, `${url}?b`])).stdout).toBe("GET /a GET /a?b ");
  });

  it.skipIf(!(await isInstalled("h2load")))("h2load has all its answers (skipped without nghttp2-client)", async () => {
    const engine = await serve(echo);
    const { stdout } = await run("h2load", ["-n", "2000", "-c", "4", "-m", "100", `http://127.0.0.1:${engine.port}/a`]);
    expect(stdout).toContain("2000 succeeded, 0 failed");
  });
});

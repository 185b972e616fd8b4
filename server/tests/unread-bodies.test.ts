import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2, constants, type OutgoingHttpHeaders } from "node:http2";
import { connect } from "node:net";
import { REST_TIMEOUT_MS } from "@triptych/rpc/carriers/http1/drain-request.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startServer } from "../src/testing/start-server.ts";
import { useServer } from "../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
/** More than the window of a stream and of a connection. */
const LARGE = Buffer.alloc(1_048_576);
const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const GRPC = { ":method": "POST", "content-type": "application/grpc", te: "trailers" };

const REQUESTS: readonly (readonly [what: string, OutgoingHttpHeaders])[] = [
  ["a method that is not there", { ...GRPC, ":path": "/no.Such/Method" }],
  [
    "a method that is not there, of Connect",
    { ":method": "POST", ":path": "/no.Such/Method", "content-type": "application/json" },
  ],
  [
    "a host that a browser may not name",
    { ...GRPC, ":path": SAY_HELLO, ":authority": "evil.example", origin: "http://evil.example" },
  ],
  ["a page", { ":method": "POST", ":path": "/" }],
  ["a probe", { ":method": "POST", ":path": "/healthz" }],
  ["figures", { ":method": "GET", ":path": "/metrics" }],
  [
    "a preflight",
    { ":method": "OPTIONS", ":path": SAY_HELLO, origin: "http://localhost:1", "access-control-request-method": "POST" },
  ],
];
/** It is a call that is served, if only to be told what is wrong: its engine ends it. */
const SERVED = [
  "a content type that is none",
  { ":method": "POST", ":path": SAY_HELLO, "content-type": "text/plain" },
] as const;

afterEach(() => {
  vi.useRealTimers();
});

/** Sends a large body; resolves with what came when the stream is closed. */
async function send(session: ClientHttp2Session, headers: OutgoingHttpHeaders) {
  const stream = session.request(headers, { endStream: false });
  const answered = once(stream, "response");
  stream.resume().end(LARGE);
  const [answer] = await answered;
  await once(stream, "close");
  return { status: Number(answer[":status"]), grpcStatus: answer["grpc-status"], resetWith: stream.rstCode };
}

async function callStillWorks(session: ClientHttp2Session): Promise<void> {
  const stream = session.request({ ...GRPC, ":path": "/grpc.health.v1.Health/Check" });
  const trailed = once(stream, "trailers");
  stream.resume().end(Buffer.alloc(5));
  expect((await trailed)[0]).toMatchObject({ "grpc-status": "0" });
}

describe("over HTTP/2 a request with a large body", () => {
  const server = useServer();

  it.each([...REQUESTS, SERVED])(
    "for %s is answered and ends, and calls beside it have room",
    async (_what, headers) => {
      const session = connectHttp2(server.baseUrl);
      const { status, resetWith } = await send(session, headers);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(resetWith).toBe(constants.NGHTTP2_NO_ERROR);
      await callStillWorks(session);
      session.close();
    },
  );

  it.each(REQUESTS)("for %s that does not end is reset after a while", async (_what, headers) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
    const session = connectHttp2(server.baseUrl);
    const stream = session.request(headers, { endStream: false });
    stream.resume().write("{");
    await Promise.all([once(stream, "response"), once(stream, "end")]);
    expect(stream.closed).toBe(false);
    // The engine looks once a second.
    vi.advanceTimersByTime(REST_TIMEOUT_MS + 2_000);
    await once(stream, "close");
    expect(stream.rstCode).toBe(constants.NGHTTP2_NO_ERROR);
    session.close();
  });
});

it("over HTTP/2 a call with a large body that a full server refuses ends", async () => {
  const server = await startServer({ MAX_CALLS_IN_FLIGHT: "1" });
  const session = connectHttp2(server.baseUrl);
  const kept = session.request({ ...GRPC, ":path": "/triptych.greeter.v1.GreeterService/WatchGreetings" });
  kept.on("error", () => undefined).end(Buffer.alloc(5));
  await once(kept, "response");
  expect(await send(session, { ...GRPC, ":path": SAY_HELLO })).toMatchObject({
    status: 200,
    grpcStatus: "8",
    resetWith: 0,
  });
  session.destroy();
  await server.close();
});

describe("over HTTP/1.1 a request that is answered without its body", () => {
  const server = useServer();
  const PATHS = ["/healthz", "/", "/no.Such/Method"];
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${LARGE.length}\r\n\r\n`;

  it.each(PATHS)("for %s leaves its connection for the next one", async (path) => {
    const socket = connect(server.port, "127.0.0.1").setEncoding("latin1");
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.write(head(path));
    socket.write(LARGE);
    socket.write("GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    await once(socket, "close");
    expect(text.match(/HTTP\/1\.1 \d\d\d/g)).toHaveLength(2);
    expect(text).toContain('"ready"');
  });

  it("leaves its connection for the next one, too, when it is a call that has failed", async () => {
    const socket = connect(server.port, "127.0.0.1").setEncoding("latin1");
    socket.write(head(SAY_HELLO).replace("\r\n\r\n", "\r\nconnect-timeout-ms: soon\r\n\r\n"));
    socket.write(LARGE);
    socket.write("GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    const text = (await socket.toArray()).join("");
    expect(text.match(/HTTP\/1\.1 \d\d\d/g)).toEqual(["HTTP/1.1 400", "HTTP/1.1 200"]);
  });

  it.each(PATHS)("for %s is cut when the body does not end", async (path) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
    const socket = connect(server.port, "127.0.0.1").on("error", () => undefined);
    socket.write(`${head(path)}{`);
    await once(socket, "data");
    vi.advanceTimersByTime(REST_TIMEOUT_MS);
    await once(socket, "close");
    await expect.poll(() => server.server.openConnections(), TIMEOUT).toBe(0);
  });
});

describe("an upgrade that is refused", () => {
  const server = useServer();

  it.each([
    ["of no known protocol", "chess", "http://localhost"],
    ["of another origin", "triptych-calls.v1", "http://evil.example"],
  ])("%s is cut when its client does not close the connection", async (_what, protocol, origin) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
    const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true }).on("error", () => undefined);
    const head = "GET /calls HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n";
    socket.write(`${head}sec-websocket-protocol: ${protocol}\r\norigin: ${origin}\r\n\r\n`);
    await once(socket.resume(), "end");
    expect(server.server.openConnections()).toBe(1);
    vi.advanceTimersByTime(REST_TIMEOUT_MS);
    await expect.poll(() => server.server.openConnections(), TIMEOUT).toBe(0);
    socket.destroy();
  });
});

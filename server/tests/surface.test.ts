import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";
import { overHttp1, overHttp2, type SendRequest } from "./surface-client.ts";

const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const ADD = "/triptych.calculator.v1.CalculatorService/Add";
const ORIGIN = "https://app.example.com";

const transports: readonly (readonly [string, Readonly<Record<string, string>>, SendRequest])[] = [
  ["HTTP/1.1", {}, overHttp1],
  ["HTTP/2", {}, overHttp2],
  ["HTTP/1.1 over TLS", { TLS: "self-signed" }, overHttp1],
  ["HTTP/2 over TLS", { TLS: "self-signed" }, overHttp2],
];

describe.each(transports)("over %s", (_transport, settings, send) => {
  const pages = (_request: unknown, response: { statusCode: number; end(text: string): unknown }) => {
    response.statusCode = 200;
    response.end("a page");
  };
  const server = useServer({ ALLOWED_ORIGINS: ORIGIN, ...settings }, { pages });

  it.each(["/healthz", "/readyz", "/metrics"])("%s is answered, and nobody is to guess its type", async (path) => {
    const { status, headers } = await send(server.baseUrl, path);
    expect(status).toBe(200);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  it.each(["/", "/greeter?protocol=connect", "/healthz/", "/calls"])("%s is a page", async (path) => {
    expect(await send(server.baseUrl, path)).toMatchObject({ status: 200, body: "a page" });
  });

  it("a call of Connect is answered, and says that it may differ by origin", async () => {
    const answer = await send(server.baseUrl, SAY_HELLO, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"name":"Ada"}',
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ message: "Hello, Ada!", language: "en" });
    expect(String(answer.headers.vary).toLowerCase()).toContain("origin");
  });

  it("a read is answered by GET, and a write is not", async () => {
    const query = (message: string) => `?connect=v1&encoding=json&message=${encodeURIComponent(message)}`;
    const read = await send(server.baseUrl, `${ADD}${query('{"a":"1","b":"2"}')}`);
    expect([read.status, JSON.parse(read.body)]).toEqual([200, { sum: "3" }]);
    expect((await send(server.baseUrl, `${SAY_HELLO}${query('{"name":"Ada"}')}`)).status).toBe(405);
  });

  it("a call of no method is refused in its own protocol", async () => {
    const call = (type: string) =>
      send(server.baseUrl, "/no.such.Service/Method", {
        method: "POST",
        headers: { "content-type": type },
        body: "{}",
      });
    const connect = await call("application/json");
    expect([connect.status, JSON.parse(connect.body)]).toMatchObject([404, { code: "unimplemented" }]);
    expect((await call("application/grpc-web+proto")).headers).toMatchObject({ "grpc-status": "12" });
  });

  it("a page of an allowed origin gets leave to call, and another one does not", async () => {
    const preflight = (origin: string) =>
      send(server.baseUrl, SAY_HELLO, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    expect(await preflight(ORIGIN)).toMatchObject({ status: 204, headers: { "access-control-allow-origin": ORIGIN } });
    expect((await preflight("https://evil.example.com")).headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe("over HTTP/2", () => {
  const server = useServer();

  // RFC 9113, 8.1.1: a malformed request is a stream error, and the server may answer before that.
  it.each(["a b", "[::1", "a/b", "a:99999"])("a page of the host %j is refused", async (host) => {
    const refused = await overHttp2(server.baseUrl, "/", { headers: { ":authority": host } }).then(
      ({ status }) => `HTTP ${status}`,
      ({ code }) => code,
    );
    expect(["HTTP 400", "ERR_HTTP2_STREAM_ERROR"]).toContain(refused);
  });
});

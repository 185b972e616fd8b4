import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const ADD = "/triptych.calculator.v1.CalculatorService/Add";
const SUM = `${ADD}?connect=v1&encoding=json&message=${encodeURIComponent('{"a":"1","b":"2"}')}`;
const JSON_TYPE = { "content-type": "application/json" };
const SOCKETS = [
  ["grpc-websockets", SAY_HELLO],
  ["triptych-calls.v1", "/calls"],
] as const;

const call = (baseUrl: string, headers: Readonly<Record<string, string>>) =>
  sendRequest(baseUrl, SAY_HELLO, { method: "POST", headers: { ...JSON_TYPE, ...headers }, body: '{"name":"Ada"}' });

describe("a page whose name was made to mean this server", () => {
  const server = useServer({ ALLOWED_ORIGINS: "https://app.example.com" });
  const host = "evil.example:8080";
  const origin = `http://${host}`;

  it("may not call, and hears so in the protocol of the call", async () => {
    const { status, body } = await call(server.baseUrl, { host, origin });
    expect(status).toBe(403);
    expect(JSON.parse(body.toString())).toMatchObject({ code: "permission_denied" });
    expect(body.toString()).toContain("ALLOWED_HOSTS");
    const grpcWeb = await call(server.baseUrl, { host, origin, "content-type": "application/grpc-web+proto" });
    expect(grpcWeb.headers["grpc-status"]).toBe("7");
  });

  it("may not call over HTTP/2", async () => {
    const session = connectHttp2(server.baseUrl);
    const headers = { ":authority": host, origin, "content-type": "application/grpc-web+proto" };
    const stream = session.request({ ":method": "POST", ":path": SAY_HELLO, ...headers });
    const [answer] = await once(stream.resume().end(Buffer.alloc(5)), "response");
    expect(answer["grpc-status"]).toBe("7");
    session.close();
  });

  it.each(SOCKETS)("may not open a WebSocket of %s", async (protocol, path) => {
    const opened = openSocket(server.baseUrl, path, protocol, { headers: { host, origin } });
    await expect(opened).rejects.toThrow("HTTP 403");
  });

  // Browsers name no origin when a page reads from its own.
  it.each([SUM, "/metrics", "/"])("may not read %s", async (path) => {
    expect((await sendRequest(server.baseUrl, path, { headers: { host } })).status).toBe(403);
  });

  it("may be a page that is allowed by its origin", async () => {
    const { status, headers } = await call(server.baseUrl, { host, origin: "https://app.example.com" });
    expect(status).toBe(200);
    expect(headers["access-control-allow-origin"]).toBe("https://app.example.com");
  });
});

describe("a program that is no browser", () => {
  const server = useServer();

  it("may call by any name", async () => {
    expect((await call(server.baseUrl, { host: "triptych.internal" })).status).toBe(200);
  });

  it.each(["/healthz", "/readyz"])("may ask %s by any name", async (path) => {
    expect((await sendRequest(server.baseUrl, path, { headers: { host: "triptych.internal" } })).status).toBe(200);
  });
});

describe.each([
  [
    "is localhost or an address",
    {},
    ["localhost:8080", "a.localhost", "127.0.0.1", "192.168.1.20:8080", "[fd00::1]:8080"],
  ],
  ["is allowed", { ALLOWED_HOSTS: "app.example.com,.example.org" }, ["app.example.com", "a.example.org", "localhost"]],
  ["is any, which is allowed", { ALLOWED_HOSTS: "*" }, ["evil.example"]],
  ["is any, where a certificate says who this is", { TLS: "self-signed" }, ["evil.example"]],
] as const)("a page whose host %s", (_what, settings, hosts) => {
  const server = useServer(settings);

  it.each(hosts)("may call, read and open WebSockets as %s", async (host) => {
    const origin = `${"TLS" in settings ? "https" : "http"}://${host}`;
    expect((await call(server.baseUrl, { host, origin })).status).toBe(200);
    expect((await sendRequest(server.baseUrl, SUM, { headers: { host } })).status).toBe(200);
    for (const [protocol, path] of SOCKETS) {
      const { socket } = await openSocket(server.baseUrl, path, protocol, { headers: { host, origin } });
      socket.close();
      await once(socket, "close");
    }
  });
});

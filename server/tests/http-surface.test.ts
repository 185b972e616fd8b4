import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStaticFiles } from "../src/static-files/static-files.ts";
import { useServer } from "../src/testing/use-server.ts";

const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";

describe("pages of other origins", () => {
  const server = useServer({ ALLOWED_ORIGINS: "https://app.example.com,http://localhost:5173" });
  const preflight = (origin: string) =>
    sendRequest(server.baseUrl, SAY_HELLO, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "x-grpc-web" },
    });
  const call = (origin: string) =>
    sendRequest(server.baseUrl, SAY_HELLO, {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: '{"name":"Ada"}',
    });

  it("get leave to call when they are on the list", async () => {
    const { status, headers } = await preflight("https://app.example.com");
    expect(status).toBe(204);
    expect(headers["access-control-allow-origin"]).toBe("https://app.example.com");
    expect(headers["access-control-allow-methods"]?.split(", ")).toEqual(expect.arrayContaining(["GET", "POST"]));
    const allowed = headers["access-control-allow-headers"]?.toLowerCase().split(", ");
    for (const header of [
      "content-type",
      "connect-protocol-version",
      "connect-timeout-ms",
      "grpc-timeout",
      "x-grpc-web",
      "authorization",
    ]) {
      expect(allowed).toContain(header);
    }
    expect(headers.vary).toContain("origin");
  });

  it("see the headers that carry a status", async () => {
    const { status, headers, body } = await call("http://localhost:5173");
    expect(status).toBe(200);
    expect(JSON.parse(body.toString())).toEqual({ message: "Hello, Ada!", language: "en" });
    expect(headers["access-control-allow-origin"]).toBe("http://localhost:5173");
    const exposed = headers["access-control-expose-headers"]?.toLowerCase().split(", ");
    for (const header of ["grpc-status", "grpc-message", "grpc-status-details-bin"]) expect(exposed).toContain(header);
  });

  it.each(["https://evil.example.com", "https://app.example.com.evil.org", "null"])(
    "get none from %s",
    async (origin) => {
      for (const { headers } of [await preflight(origin), await call(origin)]) {
        expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
      }
    },
  );
});

describe("the files of the web app", () => {
  const script = "console.log('a script that is long enough to be compressed');";
  const server = createServer();
  let folder: string;
  let baseUrl: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "triptych-web-"));
    await mkdir(join(folder, "assets"));
    const asset = join(folder, "assets", "index-4f2a.js");
    await Promise.all([
      writeFile(join(folder, "index.html"), "<!doctype html><title>Triptych</title>"),
      writeFile(asset, script),
      writeFile(`${asset}.br`, brotliCompressSync(script)),
      writeFile(`${asset}.gz`, gzipSync(script)),
    ]);
    server.on("request", createStaticFiles(folder)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });

  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, encoding = "identity") =>
    sendRequest(baseUrl, path, { headers: { "accept-encoding": encoding } });

  it("with a hash in their name are cached for good", async () => {
    const { status, headers, body } = await get("/assets/index-4f2a.js");
    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["content-type"]).toMatch(/javascript/);
    expect(body.toString()).toBe(script);
  });

  it("come compressed to browsers that take that", async () => {
    const brotli = await get("/assets/index-4f2a.js", "gzip, deflate, br");
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    const gzip = await get("/assets/index-4f2a.js", "gzip");
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body).toString()).toBe(script);
    expect(gzip.headers.vary?.toLowerCase()).toContain("accept-encoding");
  });

  it.each(["/", "/greeter", "/books?protocol=connect"])(
    "begin with the page at %s, revalidated and guarded",
    async (path) => {
      const { status, headers, body } = await get(path);
      expect(status).toBe(200);
      expect(body.toString()).toContain("<title>Triptych</title>");
      expect(headers["cache-control"]).toBe("no-cache");
      expect(headers["content-security-policy"]).toContain("default-src 'self'");
      expect(headers["x-frame-options"]).toBe("DENY");
    },
  );

  it.each(["/assets/gone.js", "/favicon.ico", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/hosts.txt"])(
    "do not include %s",
    async (path) => {
      expect((await get(path)).body.toString()).not.toMatch(/root:|localhost/);
      expect((await get("/assets/gone.js")).status).toBe(404);
    },
  );

  it("are only read", async () => {
    const { status, headers } = await sendRequest(baseUrl, "/", { method: "POST", body: "x" });
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });
});

describe("a clear-text port", () => {
  const server = useServer();

  /** Sends bytes and reads until the server closes the connection. */
  async function exchange(text: string): Promise<string> {
    const socket = connect(server.port, "127.0.0.1").setEncoding("latin1");
    socket.write(text);
    return (await socket.toArray()).join("");
  }

  it("shows figures for monitoring", async () => {
    const { status, headers, body } = await sendRequest(server.baseUrl, "/metrics");
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/plain/);
    expect(body.toString()).toContain("rpc_handlers_running 0");
  });

  it("answers reads of Connect by GET", async () => {
    const path = "/triptych.calculator.v1.CalculatorService/Add";
    const message = encodeURIComponent('{"a":"1","b":"2"}');
    const { status, body } = await sendRequest(server.baseUrl, `${path}?connect=v1&encoding=json&message=${message}`);
    expect(status).toBe(200);
    expect(JSON.parse(body.toString())).toEqual({ sum: "3" });
    const transport = createConnectTransport({ baseUrl: server.baseUrl, httpVersion: "1.1", useHttpGet: true });
    expect((await createClient(CalculatorService, transport).add({ a: 1n, b: 2n })).sum).toBe(3n);
    expect((await createClient(GreeterService, transport).sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
  });

  it("does nothing that changes anything by GET", async () => {
    const path = `${SAY_HELLO}?connect=v1&encoding=json&message=${encodeURIComponent('{"name":"Ada"}')}`;
    expect((await sendRequest(server.baseUrl, path)).status).toBe(405);
  });

  it.each([
    "//",
    "//triptych.greeter.v1.GreeterService/SayHello",
    "/%00",
    "/%",
    "/.well-known/",
    `/${"x".repeat(8_000)}`,
    "*",
  ])("answers the path %s", async (path) => {
    const answer = await exchange(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 [24]\d\d /);
  });

  it("answers a URL that is too long with 431", async () => {
    expect(await exchange(`GET /${"x".repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  const post = (version: string, headers: string) =>
    `POST ${SAY_HELLO} HTTP/${version}\r\n${headers}content-type: application/json\r\ncontent-length: 14\r\n\r\n{"name":"Ada"}`;

  it.each(["", "host: a\r\n"])("answers a call over HTTP/1.0 with the header %o", async (host) => {
    expect(await exchange(post("1.0", host))).toMatch(/^HTTP\/1\.1 200 [\s\S]*Hello, Ada!/);
  });

  it.each(["", "host: \r\n", "host: a b\r\n", "host: [::1\r\n", "host: a/b\r\n", "host: a:99999\r\n"])(
    "refuses a call with the header %o",
    async (host) => {
      expect(await exchange(post("1.1", `${host}connection: close\r\n`))).toMatch(/^HTTP\/1\.1 400 /);
    },
  );
});

describe("an encrypted port", () => {
  const server = useServer({ TLS: "self-signed" });

  it.each(CALL_STYLES)("answers calls over %s", async (style) => {
    const greeter = createClient(GreeterService, createTransport(style, server.baseUrl));
    expect((await greeter.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
    const request = { name: "Ada", count: 2, interval: { nanos: 10_000_000 } };
    expect(await Array.fromAsync(greeter.streamGreetings(request))).toHaveLength(2);
  });

  it("shows pages over HTTP/1.1", async () => {
    expect((await sendRequest(server.baseUrl, "/metrics")).status).toBe(200);
  });
});

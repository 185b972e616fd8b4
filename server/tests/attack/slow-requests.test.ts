import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 15_000, interval: 20 };
const PATH = "/triptych.greeter.v1.GreeterService";

let served: ServedRoutes | undefined;
let began = 0;

const methods: GreeterMethods = {
  sayHello() {
    began += 1;
    return {};
  },
  async *watchGreetings() {
    began += 1;
    yield* [];
  },
};

async function serve(readTimeoutMs: number): Promise<number> {
  began = 0;
  served = await serveGreeter(methods, { readTimeoutMs });
  return served.port;
}

afterEach(async () => {
  await expect.poll(() => served?.rpc.calls.count, TIMEOUT).toBe(0);
  expect(began).toBe(0);
  await served?.close();
});

/** What has a call served by the library, not directly. */
const ENCODINGS = { "grpc-encoding": "gzip", "connect-content-encoding": "gzip", "content-encoding": "gzip" };
const TIMEOUTS = { "grpc-timeout": "300m", "connect-timeout-ms": "300" };

const PATHS = [
  ["directly", {}],
  ["by the library", ENCODINGS],
] as const;

const REASONS = [
  ["when nothing comes for too long", 1_000, {}],
  ["at its deadline", 60_000, TIMEOUTS],
] as const;

describe.each(PATHS)("a call whose only message does not come, served %s", (_by, encoding) => {
  it.each(REASONS)("ends %s, whatever its protocol", async (_when, readTimeoutMs, timeout) => {
    const port = await serve(readTimeoutMs);
    const headers = { ...encoding, ...timeout };
    const overHttp1 = (method: string, type: string, body: string) =>
      http1Answer(port, `${PATH}/${method}`, { "content-type": type, ...headers }, body);
    const answers = await Promise.all([
      overHttp1("SayHello", "application/grpc-web+proto", "\0\0"),
      overHttp1("WatchGreetings", "application/grpc-web+proto", "\0\0"),
      overHttp1("SayHello", "application/json", "{"),
      overHttp1("WatchGreetings", "application/connect+json", "\0"),
      http2Trailers(port, `${PATH}/SayHello`, headers),
      http2Trailers(port, `${PATH}/WatchGreetings`, headers),
    ]);
    for (const answer of answers) expect(answer).toMatch(/grpc-status: 4|deadline_exceeded/);
  });
});

/** Sends a request whose body is only begun; resolves with its answer as far as that says how the call ended. */
async function http1Answer(port: number, path: string, headers: Record<string, string>, body: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  const lines = Object.entries({ host: "a", "content-length": "100", ...headers }).map((pair) => pair.join(": "));
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  let text = "";
  for await (const chunk of socket.setEncoding("latin1")) {
    text += chunk;
    if (/grpc-status|\}/.test(text)) break;
  }
  socket.destroy();
  return text;
}

/** Sends a gRPC call whose body is only begun; resolves with its status as Node's own client reads it. */
async function http2Trailers(port: number, path: string, headers: Record<string, string>): Promise<string> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  stream.write(Buffer.alloc(2));
  const status = new Promise<unknown>((resolve) => {
    stream.on("response", (fields) => fields["grpc-status"] !== undefined && resolve(fields["grpc-status"]));
    stream.on("trailers", (fields) => resolve(fields["grpc-status"]));
  });
  stream.resume();
  const text = `grpc-status: ${await status}`;
  session.destroy();
  return text;
}

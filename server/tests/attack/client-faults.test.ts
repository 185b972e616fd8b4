import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { Writable } from "node:stream";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { pino } from "pino";
import { afterEach, expect, it } from "vitest";
import { logCalls } from "../../src/interceptors/log-calls.ts";
import { observeCalls } from "../../src/interceptors/observe-calls.ts";
import { serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const PATH = "/triptych.greeter.v1.GreeterService";
const NO_PROTOBUF = Buffer.from([0, 0, 0, 0, 3, 0xff, 0xff, 0xff]);

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

/** Serves the greeter and gathers what is logged, line by line. */
async function serveLogging() {
  const lines: { readonly level: number; readonly code?: string; readonly method?: string }[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  served = await serveGreeter(
    {
      async *watchGreetings() {
        yield await Promise.reject(new Error("a fault of the server"));
      },
      async sayHello(_request, { signal }) {
        await once(signal, "abort");
        throw signal.reason;
      },
      async *converse(_requests, { signal }) {
        await once(signal, "abort");
        yield await Promise.reject(signal.reason);
      },
      async greetGroup(requests) {
        for await (const _ of requests);
        return {};
      },
    },
    { observer: observeCalls(logCalls(pino(sink))) },
  );
  return { baseUrl: served.baseUrl, lines };
}

async function call(baseUrl: string, method: string, body: Buffer): Promise<void> {
  const session = connectHttp2(baseUrl);
  const headers = { "content-type": "application/grpc", te: "trailers" };
  const stream = session.request({ ":method": "POST", ":path": `${PATH}/${method}`, ...headers });
  stream.resume().end(body);
  await once(stream, "close");
  session.close();
}

it.each(["WatchGreetings", "GreetGroup"])("logs a message of %s that is no protobuf as information", async (method) => {
  const { baseUrl, lines } = await serveLogging();
  await call(baseUrl, method, NO_PROTOBUF);
  await expect.poll(() => lines, TIMEOUT).toMatchObject([{ level: 30, code: "Internal" }]);
});

it.each([
  ["SayHello", Buffer.alloc(5)],
  ["Converse", Buffer.alloc(0)],
])("logs %s that its client resets with INTERNAL_ERROR as information", async (method, body) => {
  const { baseUrl, lines } = await serveLogging();
  const session = connectHttp2(baseUrl);
  const headers = { "content-type": "application/grpc", te: "trailers" };
  const stream = session.request({ ":method": "POST", ":path": `${PATH}/${method}`, ...headers }, { endStream: false });
  stream.on("error", () => undefined);
  if (body.length > 0) stream.end(body);
  await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(1);
  stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  await expect.poll(() => lines, TIMEOUT).toMatchObject([{ level: 30, code: "Internal" }]);
  session.close();
});

it("logs what an implementation fails with as an error", async () => {
  const { baseUrl, lines } = await serveLogging();
  await call(baseUrl, "WatchGreetings", Buffer.alloc(5));
  await expect.poll(() => lines, TIMEOUT).toMatchObject([{ level: 50, code: "Internal" }]);
});

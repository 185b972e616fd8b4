import { connect as connectHttp2 } from "node:http2";
import { afterEach, describe, expect, it } from "vitest";
import type { ServedRoutes } from "../../src/testing/serve-routes.ts";
import { serveGreeter } from "../serve-greeter.ts";

const WATCH = "/triptych.greeter.v1.GreeterService/WatchGreetings";
const PATIENCE = { timeout: 5_000, interval: 5 };

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

const ends = {
  throws: () => {
    throw new Error("no way to stop");
  },
  "gives no promise": () => undefined,
};

describe.each([
  ["directly", {}],
  ["by the library", { "grpc-encoding": "gzip" }],
])("a stream, served %s", (_by, more) => {
  it.each(Object.entries(ends))(
    "whose implementation %s when it is told to stop ends at its deadline",
    async (_, end) => {
      const messages = { next: () => new Promise(() => undefined), return: end };
      // Implementations in JavaScript may be anything.
      const watchGreetings = () => ({ [Symbol.asyncIterator]: () => messages }) as never;
      served = await serveGreeter({ watchGreetings });
      const session = connectHttp2(served.baseUrl);
      const headers = { "content-type": "application/grpc", te: "trailers", "grpc-timeout": "100m", ...more };
      const stream = session.request({ ":method": "POST", ":path": WATCH, ...headers });
      const { promise, resolve } = Promise.withResolvers<unknown>();
      stream.on("trailers", (trailers) => resolve(trailers["grpc-status"]));
      stream.resume().end(Buffer.alloc(5));
      expect(await promise).toBe("4");
      await expect.poll(() => served?.rpc.running.count, PATIENCE).toBe(0);
      session.close();
    },
  );
});

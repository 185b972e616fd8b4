import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { create } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import { WatchGreetingsResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

const WATCH = "/triptych.greeter.v1.GreeterService/WatchGreetings";
const TIMEOUT = { timeout: 5_000, interval: 5 };

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
      await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
      session.close();
    },
  );
});

it("messages that an interceptor makes without end are not asked for any more once the client has left", async () => {
  const left = Promise.withResolvers<void>();
  async function* forever() {
    try {
      for (;;) {
        await new Promise(setImmediate);
        yield create(WatchGreetingsResponseSchema);
      }
    } finally {
      left.resolve();
    }
  }
  const interceptor: Interceptor = (next) => async (request) => {
    const response = await next(request);
    return response.stream ? { ...response, message: forever() } : response;
  };
  served = await serveGreeter({ watchGreetings: forever }, { interceptors: [interceptor] });
  const session = connectHttp2(served.baseUrl);
  const stream = session.request({ ":method": "POST", ":path": WATCH, "content-type": "application/grpc" });
  stream.on("error", () => undefined).end(Buffer.alloc(5));
  await once(stream, "data");
  session.destroy();
  await left.promise;
});

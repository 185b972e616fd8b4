import { type CallOptions, createClient, type HandlerContext } from "@connectrpc/connect";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { serveGreeter } from "./serve-greeter.ts";

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

/** Sets what only the server can know. */
function misframe({ responseHeader, responseTrailer }: HandlerContext): void {
  for (const headers of [responseHeader, responseTrailer]) {
    headers.set("content-length", "3");
    headers.set("transfer-encoding", "identity");
  }
}

const methods = {
  sayHello(_request: unknown, context: HandlerContext) {
    misframe(context);
    return { message: "Hello!" };
  },
  async *streamGreetings(_request: unknown, context: HandlerContext) {
    misframe(context);
    yield { message: "Hello!" };
    yield { message: "Hello again!" };
  },
};

// What is sent compressed is served by the library.
const compressed = { sendCompression: compressionGzip, compressMinBytes: 0 };

/** Node's HTTP/1.1 has no trailers that gRPC could end with. */
const cases = (["directly", "by the library"] as const).flatMap((path) => [
  { path, protocol: "gRPC", httpVersion: "2" as const, createTransport: createGrpcTransport },
  ...(["1.1", "2"] as const).flatMap((httpVersion) => [
    { path, protocol: "gRPC-Web", httpVersion, createTransport: createGrpcWebTransport },
    { path, protocol: "Connect", httpVersion, createTransport: createConnectTransport },
  ]),
]);

describe.each(cases)("$protocol over HTTP/$httpVersion, served $path", ({ path, httpVersion, createTransport }) => {
  it("sends answers whole where the implementation names another length", async () => {
    served = await serveGreeter(methods);
    const options = { baseUrl: served.baseUrl, httpVersion, ...(path === "by the library" && compressed) };
    const greeter = createClient(GreeterService, createTransport(options));
    const timeout: CallOptions = { timeoutMs: 5_000 };
    // The second call goes over the same connection, where a wrong length of the first would be in its way.
    for (let call = 0; call < 2; call++) {
      expect((await greeter.sayHello({ name: "Ada" }, timeout)).message).toBe("Hello!");
      const stream = await Array.fromAsync(greeter.streamGreetings({ name: "Ada" }, timeout));
      expect(stream.map(({ message }) => message)).toEqual(["Hello!", "Hello again!"]);
    }
  });
});

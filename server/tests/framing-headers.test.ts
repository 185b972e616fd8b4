import { type CallOptions, createClient, type HandlerContext, type Transport } from "@connectrpc/connect";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { afterEach, describe, expect, it } from "vitest";
import type { ServedRoutes } from "../src/testing/serve-routes.ts";
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

type Options = { readonly baseUrl: string; readonly httpVersion: "1.1" | "2" };

const protocols: Readonly<Record<string, (options: Options) => Transport>> = {
  gRPC: (options) => createGrpcTransport(options),
  "gRPC-Web": (options) => createGrpcWebTransport(options),
  Connect: (options) => createConnectTransport(options),
};

// What is sent compressed is served by the library.
const compressed = { sendCompression: compressionGzip, compressMinBytes: 0 };
const paths = { directly: {}, "by the library": compressed };

const cases = Object.keys(protocols).flatMap((protocol) =>
  (["1.1", "2"] as const)
    // Node's HTTP/1.1 has no trailers that gRPC could end with.
    .filter((httpVersion) => protocol !== "gRPC" || httpVersion === "2")
    .flatMap((httpVersion) => Object.entries(paths).map(([path, more]) => ({ protocol, httpVersion, path, more }))),
);

describe.each(cases)("$protocol over HTTP/$httpVersion, served $path", ({ protocol, httpVersion, more }) => {
  it("sends answers whole where the implementation names another length", async () => {
    served = await serveGreeter(methods);
    const options = { baseUrl: served.baseUrl, httpVersion, ...more };
    const transport = protocols[protocol]?.(options);
    if (transport === undefined) throw new Error("no such protocol");
    const greeter = createClient(GreeterService, transport);
    const patience: CallOptions = { timeoutMs: 5_000 };
    // The second call goes over the same connection, where a wrong length of the first would be in its way.
    for (let call = 0; call < 2; call++) {
      expect((await greeter.sayHello({ name: "Ada" }, patience)).message).toBe("Hello!");
      const stream = await Array.fromAsync(greeter.streamGreetings({ name: "Ada" }, patience));
      expect(stream.map(({ message }) => message)).toEqual(["Hello!", "Hello again!"]);
    }
  });
});

import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { compressionGzip } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "./serve-greeter.ts";

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

async function serve(options: Partial<RpcHandlerOptions>, methods: GreeterMethods = { sayHello: () => ({}) }) {
  served = await serveGreeter(methods, options);
  return served;
}

describe.each(CALL_STYLES)("over %s", (style) => {
  it("rejects a timeout longer than maxTimeoutMs", async () => {
    const { baseUrl } = await serve({ maxTimeoutMs: 10_000 });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    await expect(client.sayHello({}, { timeoutMs: 11_000 })).rejects.toMatchObject({ code: Code.InvalidArgument });
    await client.sayHello({}, { timeoutMs: 9_000 });
  });

  it("ends a call with what requestGate throws", async () => {
    const requestGate = () => {
      throw new ConnectError("not now", Code.Unavailable);
    };
    const { baseUrl } = await serve({ requestGate });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.Unavailable, rawMessage: "not now" });
  });

  it("gives clients what mapError makes of an error", async () => {
    const sayHello = () => {
      throw new RangeError("out of range");
    };
    const mapError = (error: unknown) => ConnectError.from(error, Code.OutOfRange);
    const { baseUrl } = await serve({ mapError }, { sayHello });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.OutOfRange, rawMessage: "out of range" });
  });
});

/** Makes a call of gRPC whose client takes gzip: the flags of its message, the compression of the response and the status. */
async function answer(port: number, headers: Record<string, string> = {}) {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ":method": "POST",
    ":path": `/${GreeterService.typeName}/SayHello`,
    "content-type": "application/grpc",
    "grpc-accept-encoding": "gzip",
    ...headers,
  });
  const responded = once(stream, "response");
  const trailed = once(stream, "trailers").catch(() => [{}]);
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk)).end(Buffer.alloc(5));
  const [[head]] = await Promise.all([responded, once(stream, "end")]);
  const [trailers] = head["grpc-status"] === undefined ? await trailed : [head];
  session.destroy();
  return { flags: Buffer.concat(chunks)[0], encoding: head["grpc-encoding"], status: trailers["grpc-status"] };
}

describe("the compression of responses", () => {
  // Two bytes before the text: its tag and its length.
  const methods = { sayHello: () => ({ message: "a".repeat(98) }) };

  it("is left out for messages smaller than compressMinBytes", async () => {
    const { port } = await serve({ compressMinBytes: 101 }, methods);
    expect(await answer(port)).toEqual({ flags: 0, encoding: "gzip", status: "0" });
  });

  it("is used from compressMinBytes on", async () => {
    const { port } = await serve({ compressMinBytes: 100 }, methods);
    expect(await answer(port)).toEqual({ flags: 1, encoding: "gzip", status: "0" });
  });

  it.each([
    ["none", [], "12", undefined],
    ["gzip", [compressionGzip], "0", "gzip"],
  ] as const)("and that of requests is one of acceptCompression: %s", async (_names, known, status, encoding) => {
    const { port } = await serve({ acceptCompression: known }, methods);
    expect(await answer(port, { "grpc-encoding": "gzip" })).toMatchObject({ status, encoding });
  });
});

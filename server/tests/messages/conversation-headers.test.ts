import { create, toBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { ConverseRequestSchema, GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { frameOf, openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { BIDI_STYLES, CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "../serve-greeter.ts";

let served: ServedRoutes | undefined;

async function serve(methods: GreeterMethods): Promise<ServedRoutes> {
  served = await serveGreeter(methods);
  return served;
}

afterEach(() => served?.close());

/** Sets a header by the first message that it reads, and only answers when there are no more. */
const readsFirst: GreeterMethods = {
  async *converse(requests, { responseHeader }) {
    let last = "";
    for await (const { name } of requests) {
      if (last === "") responseHeader.set("x-first", name);
      last = name;
    }
    yield { message: last };
  },
};

describe.each(BIDI_STYLES)("a conversation over %s", (style) => {
  it("has the headers that were set by its first message, before it is answered", async () => {
    const { baseUrl } = await serve(readsFirst);
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const headers = Promise.withResolvers<Headers>();
    async function* names() {
      yield { name: "Ada" };
      // Only who is told of the headers goes on.
      yield { name: String((await headers.promise).get("x-first")) };
    }
    const answers = await Array.fromAsync(client.converse(names(), { onHeader: headers.resolve }));
    expect(answers).toMatchObject([{ message: "Ada" }]);
  });

  it("opens without a message of its client", async () => {
    const { baseUrl } = await serve(readsFirst);
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    async function* none() {}
    expect(await Array.fromAsync(client.converse(none()))).toHaveLength(1);
  });
});

describe.each(CALL_STYLES)("an upload over %s", (style) => {
  it("has the headers that were set by its messages", async () => {
    const { baseUrl } = await serve({
      async greetGroup(requests, { responseHeader }) {
        for await (const { name } of requests) responseHeader.append("x-name", name);
        return {};
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const headers = Promise.withResolvers<Headers>();
    async function* names() {
      yield* [{ name: "Ada" }, { name: "Alan" }];
    }
    await client.greetGroup(names(), { onHeader: headers.resolve });
    expect((await headers.promise).get("x-name")).toBe("Ada, Alan");
  });
});

describe("a conversation over a WebSocket", () => {
  it("has the headers that were set by its first message, before it is answered", async () => {
    const { baseUrl } = await serve(readsFirst);
    const client = await openCallClient(baseUrl);
    const call = client.call(GreeterService.method.converse);
    await call.send({ name: "Ada" });
    expect((await call.headers).get("x-first")).toBe("Ada");
    call.end();
    expect(await Array.fromAsync(call.messages)).toMatchObject([{ message: "Ada" }]);
    client.socket.close();
    await client.closed;
  });

  it("over grpc-websockets has them too", async () => {
    const { baseUrl } = await serve(readsFirst);
    const path = "/triptych.greeter.v1.GreeterService/Converse";
    const { send, next, socket, closed } = await openSocket(baseUrl, path, "grpc-websockets");
    send(Buffer.from("content-type: application/grpc-web+proto\r\n"));
    const message = toBinary(ConverseRequestSchema, create(ConverseRequestSchema, { name: "Ada" }));
    send(Buffer.concat([Buffer.from([0]), frameOf(message)]));
    expect((await next()).toString()).toContain("x-first: Ada");
    socket.close();
    await closed;
  });
});

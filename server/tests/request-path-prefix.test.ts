import { create, toBinary } from "@bufbuild/protobuf";
import { Code, createClient } from "@connectrpc/connect";
import { GreeterService, SayHelloRequestSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { bytesOf, frameOf, openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { CALL_PATH, CALL_PROTOCOL } from "@triptych/wire/call-protocol.ts";
import { afterEach, expect, it } from "vitest";
import { serveGreeter } from "./serve-greeter.ts";

const PREFIX = "/api";
const METHOD = `/${GreeterService.typeName}/SayHello`;
const urls: string[] = [];

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

async function serve(): Promise<ServedRoutes> {
  urls.splice(0);
  const sayHello = ({ name }: { name: string }, { url }: { url: string }) => {
    urls.push(new URL(url).pathname);
    return { message: `Hello, ${name}!` };
  };
  served = await serveGreeter({ sayHello }, { requestPathPrefix: PREFIX });
  return served;
}

it.each(CALL_STYLES)("is part of the path of a method over %s", async (style) => {
  const { baseUrl } = await serve();
  const { sayHello } = createClient(GreeterService, createTransport(style, baseUrl + PREFIX));
  expect(await sayHello({ name: "Ada" })).toMatchObject({ message: "Hello, Ada!" });
  const withoutPrefix = createClient(GreeterService, createTransport(style, baseUrl));
  await expect(withoutPrefix.sayHello({ name: "Ada" })).rejects.toMatchObject({ code: Code.Unimplemented });
  expect(urls).toEqual([PREFIX + METHOD]);
});

it.each([
  [PREFIX + METHOD, "grpc-status: 0"],
  [METHOD, `grpc-status: ${Code.Unimplemented}`],
])("is part of the path of a grpc-websockets socket: %s ends with %s", async (path, status) => {
  const { baseUrl } = await serve();
  const socket = await openSocket(baseUrl, path, "grpc-websockets");
  socket.send(Buffer.from("x-grpc-web: 1\r\n"));
  const hello = toBinary(SayHelloRequestSchema, create(SayHelloRequestSchema, { name: "Ada" }));
  socket.send(Buffer.concat([bytesOf("00"), frameOf(hello)]));
  socket.send("01");
  expect((await socket.rest()).at(-1)?.toString()).toContain(status);
});

it("stands before the path of a multiplexed socket, on which methods are named without it", async () => {
  const { baseUrl } = await serve();
  const client = await openCallClient(baseUrl + PREFIX);
  const call = client.call(GreeterService.method.sayHello);
  await call.send({ name: "Ada" });
  call.end();
  expect((await call.trailers).get("grpc-status")).toBe("0");
  expect(urls).toEqual([PREFIX + METHOD]);
  client.socket.close();
  await client.closed;
  await expect(openSocket(baseUrl, CALL_PATH, CALL_PROTOCOL)).rejects.toThrow("404");
});

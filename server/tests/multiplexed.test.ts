import { readFile } from "node:fs/promises";
import { Code } from "@connectrpc/connect";
import { findTrailerError } from "@connectrpc/connect/protocol-grpc";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type CallClient, openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { bytesOf, openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRefusal } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const { sayHello, streamGreetings, watchGreetings, greetGroup, converse } = GreeterService.method;

describe.each([
  ["in clear text", {}],
  ["encrypted", { TLS: "self-signed" }],
])("calls that share a socket %s", (_how, settings) => {
  const server = useServer(settings);
  let client: CallClient;

  beforeEach(async () => {
    client = await openCallClient(server.baseUrl);
  });
  afterEach(() => client.socket.close());

  it("are of all four kinds, at the same time", async () => {
    const unary = client.call(sayHello);
    const downstream = client.call(streamGreetings);
    const upstream = client.call(CalculatorService.method.sum);
    const both = client.call(converse);
    await upstream.send({ number: 1 });
    await both.send({ name: "Ada" });
    expect((await both.messages.next()).value).toMatchObject({ message: "Hello, Ada!" });
    await downstream.send({ name: "Alan", count: 2, interval: { nanos: 10_000_000 } });
    downstream.end();
    await upstream.send({ number: 2.5 });
    await unary.send({ name: "Grace" });
    unary.end();
    expect(await Array.fromAsync(unary.messages)).toMatchObject([{ message: "Hello, Grace!" }]);
    expect(await Array.fromAsync(downstream.messages)).toMatchObject([{ number: 1 }, { number: 2 }]);
    upstream.end();
    expect(await Array.fromAsync(upstream.messages)).toMatchObject([{ figures: { count: 2n, sum: 3.5 } }]);
    await both.send({ name: "Edsger", language: "nl" });
    expect((await both.messages.next()).value).toMatchObject({ language: "nl" });
    both.end();
    expect(await Array.fromAsync(both.messages)).toEqual([]);
    for (const call of [unary, downstream, upstream, both]) {
      expect((await call.trailers).get("grpc-status")).toBe("0");
    }
  });

  it("carry metadata, headers and trailers", async () => {
    const call = client.call(sayHello, { "accept-language": "de" });
    await call.send({ name: "Ada" });
    call.end();
    expect((await call.headers).get("content-type")).toBe("application/grpc-web+proto");
    expect(await Array.fromAsync(call.messages)).toMatchObject([{ message: "Hallo, Ada!" }]);
    expect([...(await call.trailers)]).toEqual([["grpc-status", "0"]]);
  });

  it("fail with code, message and details", async () => {
    const call = client.call(sayHello);
    await call.send({ name: "" });
    call.end();
    const error = findTrailerError(await call.trailers);
    expect(error && readRefusal(error)).toEqual({
      code: "InvalidArgument",
      message: "name must have 1 to 200 characters: got none",
      violations: [{ field: "name", description: "must have 1 to 200 characters: got none" }],
    });
  });

  it("end at their deadline", async () => {
    const call = client.call(watchGreetings, { "grpc-timeout": "30m" });
    await call.send({});
    call.end();
    expect(findTrailerError(await call.trailers)).toMatchObject({ code: Code.DeadlineExceeded });
    await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
  });

  it("are cancelled one by one, and the others go on", async () => {
    const left = client.call(watchGreetings);
    const kept = client.call(watchGreetings);
    for (const call of [left, kept]) {
      await call.send({});
      call.end();
      await call.messages.next();
    }
    left.cancel();
    await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(1);
    const greeting = client.call(sayHello);
    await greeting.send({ name: "Ada" });
    greeting.end();
    expect((await kept.messages.next()).value).toMatchObject({ update: { value: { message: "Hello, Ada!" } } });
    kept.cancel();
    await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
  });

  it("are all cancelled when the socket closes", async () => {
    for (let count = 0; count < 10; count++) {
      const call = client.call(watchGreetings);
      await call.send({});
      call.end();
      await call.headers;
    }
    expect(server.server.runningHandlers()).toBe(10);
    client.socket.terminate();
    await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
  });

  it("are 100 at once, each with answers of its own", async () => {
    const calls = Array.from({ length: 100 }, () => client.call(converse));
    for (let round = 0; round < 3; round++) {
      await Promise.all(calls.map((call, index) => call.send({ name: `name ${index} ${round}` })));
      const answers = await Promise.all(calls.map(({ messages }) => messages.next()));
      expect(answers.map(({ value }) => value?.message)).toEqual(
        calls.map((_call, index) => `Hello, name ${index} ${round}!`),
      );
    }
    for (const call of calls) call.end();
    const statuses = await Promise.all(calls.map(async ({ trailers }) => (await trailers).get("grpc-status")));
    expect(new Set(statuses)).toEqual(new Set(["0"]));
  });

  it("are made by the bytes on the page that describes the protocol", async () => {
    const page = await readFile(new URL("../../docs/websocket-protocol.md", import.meta.url), "utf8");
    const example = page.slice(page.indexOf("these bytes call `ListLanguages`"));
    const frames = example.match(/^0[124] [0-9a-f ]+$/gm) ?? [];
    expect(frames).toHaveLength(3);
    const socket = await openSocket(server.baseUrl, "/calls", "triptych-calls.v1");
    for (const frame of frames) socket.send(frame);
    expect(await socket.next()).toEqual(
      Buffer.concat([bytesOf("06 00000001"), Buffer.from("content-type: application/grpc-web+proto\r\n")]),
    );
    expect((await socket.next()).subarray(0, 6)).toEqual(bytesOf("02 00000001 00"));
    expect(await socket.next()).toEqual(Buffer.concat([bytesOf("07 00000001"), Buffer.from("grpc-status: 0\r\n")]));
    socket.socket.close();
  });

  it("answer a method that is not there with UNIMPLEMENTED", async () => {
    const call = client.call({ ...greetGroup, name: "GreetCrowd" });
    expect(findTrailerError(await call.trailers)).toMatchObject({
      code: Code.Unimplemented,
      rawMessage: "no such method: /triptych.greeter.v1.GreeterService/GreetCrowd",
    });
  });
});

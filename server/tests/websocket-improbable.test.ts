import { grpc } from "@improbable-eng/grpc-web";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { callOverWebSocket } from "@triptych/testkit/clients/improbable-client.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { useServer } from "../src/testing/use-server.ts";

/** The WebSocket of Node takes no option to trust a certificate made for the test; this one is told to. */
class TrustingWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { rejectUnauthorized: false });
  }
}

describe.each([
  ["in clear text", {}, globalThis.WebSocket],
  ["encrypted", { TLS: "self-signed" }, TrustingWebSocket],
])("the client of @improbable-eng/grpc-web, over a WebSocket %s", (_how, settings, socketClass) => {
  const server = useServer(settings);
  beforeAll(() => void vi.stubGlobal("WebSocket", socketClass));
  afterAll(() => void vi.unstubAllGlobals());

  it("makes a unary call", async () => {
    const call = callOverWebSocket(server.baseUrl, GreeterService.method.sayHello, { "accept-language": "de" });
    call.send({ name: "Ada" });
    call.finishSend();
    expect(await call.next()).toMatchObject({ message: "Hallo, Ada!", language: "de" });
    expect((await call.headers).get("content-type")).toEqual(["application/grpc-web+proto"]);
    expect(await call.end).toMatchObject({ code: grpc.Code.OK });
  });

  it("reads a stream as it is sent", async () => {
    const call = callOverWebSocket(server.baseUrl, GreeterService.method.streamGreetings);
    call.send({ name: "Ada", count: 3, interval: { nanos: 10_000_000 } });
    call.finishSend();
    expect([await call.next(), await call.next(), await call.next()].map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await call.end).toMatchObject({ code: grpc.Code.OK });
  });

  it("sends a stream", async () => {
    const call = callOverWebSocket(server.baseUrl, CalculatorService.method.sum);
    for (const number of [1, 2, 3.5]) call.send({ number });
    call.finishSend();
    expect((await call.next()).figures).toMatchObject({ count: 3n, sum: 6.5 });
    expect(await call.end).toMatchObject({ code: grpc.Code.OK });
  });

  it("converses, each answer before the next question", async () => {
    const call = callOverWebSocket(server.baseUrl, GreeterService.method.converse);
    for (const name of ["Ada", "Alan", "Grace"]) {
      call.send({ name });
      expect(await call.next()).toMatchObject({ message: `Hello, ${name}!` });
    }
    call.finishSend();
    expect(await call.end).toMatchObject({ code: grpc.Code.OK });
  });

  it("is told what was wrong, with details", async () => {
    const call = callOverWebSocket(server.baseUrl, GreeterService.method.sayHello);
    call.send({ name: "" });
    call.finishSend();
    const { code, message, trailers } = await call.end;
    expect({ code, message }).toEqual({
      code: grpc.Code.InvalidArgument,
      message: "name must have 1 to 200 characters: got none",
    });
    expect(trailers.get("grpc-status-details-bin")).toHaveLength(1);
  });

  it("is told that there is no such method", async () => {
    const missing = { ...GreeterService.method.sayHello, name: "SayGoodbye" };
    const call = callOverWebSocket(server.baseUrl, missing);
    call.send({ name: "Ada" });
    call.finishSend();
    expect(await call.end).toMatchObject({
      code: grpc.Code.Unimplemented,
      message: "no such method: /triptych.greeter.v1.GreeterService/SayGoodbye",
    });
  });

  it("ends a call at the deadline", async () => {
    const call = callOverWebSocket(server.baseUrl, GreeterService.method.watchGreetings, { "grpc-timeout": "50m" });
    call.send({});
    call.finishSend();
    expect(await call.end).toMatchObject({ code: grpc.Code.DeadlineExceeded });
  });

  it("cancels a call by closing it", async () => {
    const call = callOverWebSocket(server.baseUrl, GreeterService.method.watchGreetings);
    call.send({});
    call.finishSend();
    await call.next();
    expect(server.server.runningHandlers()).toBe(1);
    call.close();
    await expect.poll(() => server.server.runningHandlers()).toBe(0);
  });
});

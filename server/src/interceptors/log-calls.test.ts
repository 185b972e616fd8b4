import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RepeatedHead } from "@triptych/rpc/call/repeated-head.ts";
import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { logCalls } from "./log-calls.ts";
import type { EndedCall, ObservedMethod } from "./observe-calls.ts";

const unary: ObservedMethod = {
  desc: GreeterService.method.sayHello,
  path: "/a.Service/Method",
  readsOne: true,
  sendsMany: false,
};

/** A call of a method whose client sent 2 messages and was sent 3. */
const callOf = (method: ObservedMethod): EndedCall["call"] => ({
  method,
  carrier: "http/2",
  peer: { remoteAddress: "192.0.2.1" },
  received: 2,
  receivedBytes: 20,
  sent: 3,
  sentBytes: 30,
  observed: undefined,
  repeatedHead: undefined,
});

const good: EndedCall = {
  call: callOf(unary),
  service: "a.Service",
  method: "a.Service/Method",
  protocol: "grpc",
  code: "ok",
  error: undefined,
  isFault: false,
  isFromOutside: false,
  milliseconds: 1.26,
  principal: undefined,
  traceId: undefined,
  requestId: undefined,
};

/** The lines that are logged of calls. */
function linesOf(level: string, ...calls: readonly Partial<EndedCall>[]) {
  const lines: unknown[] = [];
  const { ended } = logCalls(pino({ level }, { write: (line) => lines.push(JSON.parse(line)) }));
  for (const call of calls) ended({ ...good, ...call });
  return lines;
}

it("logs a call as information, with what tells it from others", () => {
  expect(linesOf("info", {}, { code: "NotFound" }, { protocol: "connect" }, {})).toMatchObject([
    { level: 30, method: "a.Service/Method", protocol: "grpc", carrier: "http/2", code: "ok", ms: 1.3 },
    { level: 30, code: "NotFound", protocol: "grpc" },
    { level: 30, code: "ok", protocol: "connect" },
    { level: 30, code: "ok", protocol: "grpc" },
  ]);
});

it("says of every call who it was, of principals that call often and of those that come and go", () => {
  const often = Array.from({ length: 20 }, () => "key:often");
  const others = Array.from({ length: 200 }, (_, index) => `key:${index}`);
  const principals = [...often, ...others, ...often, ...others];
  const lines = linesOf("info", ...principals.flatMap((principal) => [{ principal }, { principal, code: "NotFound" }]));
  const expected = principals.flatMap((principal) => [
    { principal, code: "ok" },
    { principal, code: "NotFound" },
  ]);
  expect(lines).toMatchObject(expected);
});

it("tells apart calls whose headers were the same, by who made them and how they ended", () => {
  const response = { status: 404, headers: {}, body: undefined, trailers: undefined };
  const call = { ...callOf(unary), repeatedHead: new RepeatedHead({ response }) };
  const ends = ["ok", "NotFound", "NotFound", "ok", "ok"].flatMap((code) =>
    ["key:7", "key:7", "key:8", undefined, undefined].map((principal) => ({ code, principal })),
  );
  const ended = [...ends, ...ends, ...ends];
  const lines = linesOf("info", ...ended.map((end) => ({ ...end, call })));
  expect(lines.map((line) => pick(line as Partial<EndedCall>))).toEqual(ended);
});

const pick = ({ code, principal }: Partial<EndedCall>) => ({ code, principal });

it("logs calls that end in more ways than loggers are kept for", () => {
  const ends = Array.from({ length: 200 }, (_, index) => ({ principal: "key:often", code: `Code${index % 100}` }));
  expect(linesOf("info", ...ends)).toMatchObject(ends);
});

it("logs whose call it was, how large its messages were, and the ids that it came with", () => {
  const [plain, named] = linesOf("info", {}, { principal: "key:7", traceId: "0af7", requestId: "order-7" });
  expect(plain).toMatchObject({ peer: "192.0.2.1", requestBytes: 20, responseBytes: 30 });
  expect(plain).not.toHaveProperty("principal");
  expect(plain).not.toHaveProperty("traceId");
  expect(plain).not.toHaveProperty("requestId");
  expect(named).toMatchObject({ principal: "key:7", traceId: "0af7", requestId: "order-7" });
});

it("logs how many messages a stream had, in the directions in which it is one", () => {
  const [one, both] = linesOf(
    "info",
    { call: callOf({ ...unary, sendsMany: true }) },
    { call: callOf({ ...unary, readsOne: false, sendsMany: true }) },
  );
  expect(one).toMatchObject({ sent: 3 });
  expect(one).not.toHaveProperty("received");
  expect(both).toMatchObject({ received: 2, sent: 3 });
});

it.each(["DeadlineExceeded", "ResourceExhausted", "Unavailable"])("warns of %s", (code) => {
  expect(linesOf("info", { code })).toMatchObject([{ level: 40, code }]);
});

it("logs streams that end with the server as information", () => {
  expect(linesOf("info", { code: "Unavailable", isFromOutside: true })).toMatchObject([{ level: 30 }]);
});

it("logs a fault of the server as an error, with its stack", () => {
  const [line] = linesOf("info", { isFault: true, code: "Internal", error: new Error("broken") });
  expect(line).toMatchObject({ level: 50, msg: "call failed", err: { message: "broken" } });
  expect(line).toHaveProperty("err.stack");
});

it("logs probes only for debugging", () => {
  const probe = { service: "grpc.health.v1.Health" };
  expect(linesOf("info", probe)).toEqual([]);
  expect(linesOf("debug", probe)).toMatchObject([{ level: 20 }]);
});

it("makes what calls of one kind have in common once", () => {
  const logger = pino({ level: "info" }, { write: () => undefined });
  const child = vi.spyOn(logger, "child");
  const { ended } = logCalls(logger);
  for (let count = 0; count < 3; count++) ended(good);
  ended({ ...good, code: "NotFound" });
  expect(child).toHaveBeenCalledTimes(2);
});

import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { logCalls } from "./log-calls.ts";
import type { EndedCall } from "./observe-calls.ts";

const good: EndedCall = {
  service: "a.Service",
  method: "a.Service/Method",
  protocol: "grpc",
  code: "ok",
  error: undefined,
  isFault: false,
  milliseconds: 1.26,
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
    { level: 30, method: "a.Service/Method", protocol: "grpc", code: "ok", ms: 1.3 },
    { level: 30, code: "NotFound", protocol: "grpc" },
    { level: 30, code: "ok", protocol: "connect" },
    { level: 30, code: "ok", protocol: "grpc" },
  ]);
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

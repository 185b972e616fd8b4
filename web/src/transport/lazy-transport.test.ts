import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { expect, it, vi } from "vitest";
import { lazyTransport } from "./lazy-transport.ts";

const transport = createRouterTransport(({ rpc }) => {
  rpc(CalculatorService.method.add, ({ a, b }) => ({ sum: a + b }));
  rpc(CalculatorService.method.evaluateSteps, async function* () {
    yield { result: "3" };
  });
});

it("loads the transport once, before the first call", async () => {
  const load = vi.fn(async () => transport);
  const calculator = createClient(CalculatorService, lazyTransport(load));
  expect(load).toHaveBeenCalledOnce();
  expect((await calculator.add({ a: 1n, b: 2n })).sum).toBe(3n);
  const steps = calculator.evaluateSteps({ expression: "1 + 2" });
  expect(await Array.fromAsync(steps, ({ result }) => result)).toEqual(["3"]);
  expect(load).toHaveBeenCalledOnce();
});

it("fails a call when the transport cannot be loaded, and tries again with the next", async () => {
  const load = vi.fn(async () => transport).mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const calculator = createClient(CalculatorService, lazyTransport(load));
  await expect(calculator.add({ a: 1n, b: 2n })).rejects.toMatchObject({ code: Code.Unavailable });
  expect((await calculator.add({ a: 1n, b: 2n })).sum).toBe(3n);
});

import { Gauge, Registry } from "prom-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOperations } from "./create-operations.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** What shows how a server is, and how often its metrics were read. */
function setUp(collect: () => void = () => undefined, place?: Parameters<typeof createOperations>[1]) {
  const registry = new Registry();
  const collected = vi.fn(collect);
  registry.registerMetric(
    new Gauge({ name: "connections_open", help: "for a test", registers: [], collect: collected }),
  );
  const operations = createOperations(registry, place);
  const stop = new AbortController();
  const first = async () => {
    const { value } = await operations.watch(stop.signal)[Symbol.asyncIterator]().next();
    return value;
  };
  return { operations, collected, first };
}

it("shows all who watch at a time the same figures, which are read once", async () => {
  const { operations, collected, first } = setUp();
  const [one, other, third] = [await first(), await first(), await first()];
  expect([other === one, third === one, collected.mock.calls.length]).toEqual([true, true, 1]);
  operations.close();
});

it("says which process it shows, once that is known, and that it is the only one until then", async () => {
  const place = vi.fn((): { place: number; processes: number } | undefined => undefined);
  for (const [known, shown] of [
    [undefined, { place: 1, processes: 1 }],
    [
      { place: 2, processes: 4 },
      { place: 2, processes: 4 },
    ],
  ] as const) {
    place.mockReturnValue(known);
    const { operations, first } = setUp(undefined, place);
    expect(await first()).toMatchObject({ process: shown });
    operations.close();
  }
});

it("goes on where a metric cannot be read while nobody watches", async () => {
  const { operations, collected, first } = setUp(() => {
    if (collected.mock.calls.length < 3) throw new Error("not now");
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(collected).toHaveBeenCalledTimes(2);
  expect(await first()).toMatchObject({ load: { connections: 0 } });
  operations.close();
});

import { expect, it } from "vitest";
import { StoreOutcomeUnknown } from "../../domain/errors.ts";
import { currentSpan, runWithSpan, type Span } from "../../domain/span.ts";
import { BatchQueue } from "./batch-queue.ts";
import { ConnectionLost } from "./statement-errors.ts";

const queueOf = (commit: (jobs: readonly string[]) => Promise<readonly string[]>, troubles: unknown[] = []) =>
  new BatchQueue<string, string>({ commit, sizeOf: () => 1, onTrouble: (trouble) => troubles.push(trouble) });

/** A span that says which are begun within it. */
function createSpan(begun: string[]): Span {
  const span: Span = {
    context: { traceId: "0".repeat(32), spanId: "1".repeat(16) },
    child(name, attributes) {
      begun.push(`${name} ${JSON.stringify(attributes)}`);
      return span;
    },
    event: () => undefined,
    link: () => undefined,
    describe: () => undefined,
    end: () => undefined,
  };
  return span;
}

it("takes a fault of its own for that, and not for a lost connection", async () => {
  const troubles: unknown[] = [];
  const fault = new TypeError("no such column");
  const queue = queueOf(() => Promise.reject(fault), troubles);
  await expect(queue.add("job")).rejects.toBe(fault);
  expect(troubles).toEqual([]);
});

it("never stores again what may have been stored before a fault", async () => {
  const fault = new TypeError("no such column");
  const stored: string[] = [];
  const queue = queueOf(async (jobs) => {
    stored.push(...jobs);
    throw fault;
  });
  const added = await Promise.allSettled([queue.add("one"), queue.add("two")]);
  expect(added.map((result) => result.status === "rejected" && result.reason)).toEqual([fault, fault]);
  expect(stored).toEqual(["one", "two"]);
});

it("does not know what became of jobs whose connection was lost", async () => {
  const troubles: unknown[] = [];
  const queue = queueOf(() => Promise.reject(new ConnectionLost("lost")), troubles);
  await expect(queue.add("job")).rejects.toBeInstanceOf(StoreOutcomeUnknown);
  expect(troubles).toEqual([expect.any(StoreOutcomeUnknown)]);
});

it("is idle when also those are stored that were queued when others had been", async () => {
  const stored: string[] = [];
  const queue = queueOf(async (jobs) => {
    stored.push(...jobs);
    return jobs;
  });
  const first = queue.add("first").then(() => void queue.add("second"));
  await queue.idle();
  await first;
  expect(stored).toEqual(["first", "second"]);
});

it("stores within no span, and has the span of each call say what its write waited for", async () => {
  const begun: string[] = [];
  const within: unknown[] = [];
  const queue = queueOf(async (jobs) => {
    within.push(currentSpan());
    return jobs;
  });
  await runWithSpan(createSpan(begun), () => queue.add("job"));
  expect(within).toEqual([undefined]);
  expect(begun).toEqual([
    'store write {"db.system.name":"postgresql"}',
    "queued {}",
    'transaction {"triptych.store.writes":1}',
    "sync {}",
  ]);
});

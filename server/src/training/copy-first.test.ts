import { expect, it } from "vitest";
import { copyFirst } from "./copy-first.ts";
import type { TrainingOrder } from "./training-messages.ts";
import type { UpdateOrder } from "./update-messages.ts";

const order: UpdateOrder = { dataDir: "data", version: 1, library: undefined };
const trainingOrder: TrainingOrder = { ...order, evaluation: undefined, evaluationAttempts: 0 };
const settled = () => new Promise(setImmediate);

/** What is copied first, by a copy that fails so many times. */
function setUp({ failures = 0 } = {}) {
  const done: string[] = [];
  let left = failures;
  const runs = copyFirst(
    {
      copy: async () => {
        if (left-- > 0) throw new Error("no database");
        done.push("copied");
      },
      delay: async () => void done.push("waited"),
    },
    {
      train: async () => void done.push("trained"),
      update: () => {
        done.push("begun");
        return { look: () => done.push("looked"), ended: Promise.resolve() };
      },
    },
  );
  return { ...runs, done };
}

const never = new AbortController().signal;

it("copies before a training, which fails where that does", async () => {
  const { train, done } = setUp({ failures: 1 });
  await expect(train(trainingOrder, () => undefined, never)).rejects.toThrow("no database");
  await train(trainingOrder, () => undefined, never);
  expect(done).toEqual(["copied", "trained"]);
});

it("copies before updates begin and before they look, once for those who ask meanwhile", async () => {
  const { update, done } = setUp();
  const { look, ended } = update(order, () => undefined, never);
  look();
  look();
  await ended;
  await settled();
  expect(done).toEqual(["copied", "begun", "copied", "looked"]);
  look();
  await settled();
  expect(done.slice(4)).toEqual(["copied", "looked"]);
});

it("waits where a copy fails, and tries again", async () => {
  const { update, done } = setUp({ failures: 2 });
  await update(order, () => undefined, never).ended;
  expect(done).toEqual(["waited", "waited", "copied", "begun"]);
});

it("ends with the signal's reason while no copy succeeds", async () => {
  const { update } = setUp({ failures: Number.POSITIVE_INFINITY });
  const reason = new Error("another model is served");
  const stop = new AbortController();
  stop.abort(reason);
  await expect(update(order, () => undefined, stop.signal).ended).rejects.toBe(reason);
});

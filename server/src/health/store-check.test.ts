import { describe, expect, it } from "vitest";
import { createManualTime } from "../services/greeter/testing/manual-time.ts";
import { createStoreCheck, repeatCheck } from "./store-check.ts";

/** A store whose answers a test gives by hand, and a check of it. */
function createFixture() {
  const time = createManualTime();
  const questions: PromiseWithResolvers<void>[] = [];
  const reports: unknown[] = [];
  const check = createStoreCheck({
    ask() {
      const question = Promise.withResolvers<void>();
      questions.push(question);
      return question.promise;
    },
    limitMs: 100,
    delay: time.delay,
    report: (failure) => reports.push(failure),
  });
  return { time, questions, reports, check };
}

const late = new Error("the store has not answered for 100 ms");

describe("a check of the store", () => {
  it("reports an answer and leaves no timer behind", async () => {
    const { time, questions, reports, check } = createFixture();
    const checked = check();
    questions[0]?.resolve();
    await checked;
    expect(reports).toEqual([undefined]);
    await time.idle();
  });

  it("reports a failure and what it was", async () => {
    const { questions, reports, check } = createFixture();
    const checked = check();
    questions[0]?.reject(new Error("disk full"));
    await checked;
    expect(reports).toEqual([new Error("disk full")]);
  });

  it("gives up on a store that is late, and does not ask it again until it has answered", async () => {
    const { time, questions, reports, check } = createFixture();
    const checked = check();
    time.advance(100);
    await checked;
    await check();
    expect(reports).toEqual([late, late]);
    expect(questions).toHaveLength(1);
    questions[0]?.resolve();
    await questions[0]?.promise;
    const again = check();
    questions[1]?.resolve();
    await again;
    expect(reports).toEqual([late, late, undefined]);
  });

  it("is one for all that ask at the same time", async () => {
    const { questions, reports, check } = createFixture();
    const checks = [check(), check()];
    questions[0]?.resolve();
    await Promise.all(checks);
    expect(questions).toHaveLength(1);
    expect(reports).toEqual([undefined]);
  });
});

describe("a repeated check", () => {
  it("is made after each pause until the signal is aborted", async () => {
    const time = createManualTime();
    const left = new AbortController();
    let checks = 0;
    const repeated = repeatCheck(
      async () => {
        checks += 1;
      },
      50,
      time.delay,
      left.signal,
    );
    for (const made of [1, 2, 3]) {
      expect(await time.waiting()).toBe(50);
      time.advance(50);
      await expect.poll(() => time.pending).toBe(1);
      expect(checks).toBe(made);
    }
    left.abort();
    await repeated;
    expect(checks).toBe(3);
  });
});

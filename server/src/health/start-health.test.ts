import { expect, it } from "vitest";
import { StoreBusy, StoreFailed, StoreFull } from "../domain/errors.ts";
import { createManualTime } from "../services/greeter/testing/manual-time.ts";
import { startHealth } from "./start-health.ts";

/** The health of a server whose store fails with what a test says, and what it has said of it. */
function createFixture() {
  const time = createManualTime();
  const stop = new AbortController();
  const said: string[] = [];
  let failure: Error | undefined;
  const running = startHealth({
    askStore: async () => {
      if (failure !== undefined) throw failure;
    },
    delay: time.delay,
    onObstacle: (reason, error) => said.push(`not ready: ${reason} (${error === failure})`),
    onReady: () => said.push("ready"),
    onFailed: ({ message }) => said.push(`failed: ${message}`),
    signal: stop.signal,
  });
  /** Has the store be asked while it fails with this, or with nothing. */
  const probe = async (next?: Error) => {
    failure = next;
    return await running.probes("/readyz");
  };
  return { ...running, said, probe, time, stop };
}

const reasonOf = (answer: { body: string } | undefined) => JSON.parse(answer?.body ?? "").reason;

it("says why it is not ready once, however often it is asked, and that it is ready again", async () => {
  const { probe, said } = createFixture();
  expect(await probe()).toMatchObject({ status: 200 });
  for (let time = 0; time < 3; time++) expect(reasonOf(await probe(new StoreFull("full")))).toBe("full");
  expect(reasonOf(await probe(new StoreBusy("locked")))).toBe("locked");
  for (let time = 0; time < 3; time++) expect(await probe()).toMatchObject({ status: 200 });
  expect(said).toEqual(["not ready: full (true)", "not ready: locked (true)", "ready"]);
});

it("keeps what the store fails with to itself where that is nothing to do with writing", async () => {
  const { probe, said } = createFixture();
  expect(reasonOf(await probe(new Error("no such table: orders")))).toBe("the store does not answer");
  expect(said).toEqual(["not ready: the store does not answer (true)"]);
});

it("is not ready at once when a write fails", async () => {
  const { health, noteTrouble } = createFixture();
  noteTrouble(new StoreFull("full"));
  expect(health.obstacle).toBe("full");
});

it("is not ready for good once the store has failed, whatever comes after", async () => {
  const { probe, said, noteTrouble } = createFixture();
  noteTrouble(new StoreFailed("the disk has failed"));
  expect(reasonOf(await probe())).toBe("the disk has failed");
  noteTrouble(new StoreFull("full"));
  noteTrouble(new StoreFailed("again"));
  expect(reasonOf(await probe())).toBe("the disk has failed");
  expect(said).toEqual(["not ready: the disk has failed (false)", "failed: the disk has failed"]);
});

it("asks twice a second by itself until it is stopped", async () => {
  const { time, stop, stopped, said } = createFixture();
  expect(await time.waiting()).toBe(500);
  stop.abort();
  await stopped;
  expect(time.pending).toBe(0);
  expect(said).toEqual([]);
});

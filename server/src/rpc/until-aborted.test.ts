import { expect, it } from "vitest";
import { untilAborted } from "./until-aborted.ts";

async function* twoAndSilence() {
  yield 1;
  yield 2;
  await new Promise(() => undefined);
}

it("passes messages on and ends with them", async () => {
  const messages = untilAborted(ReadableStream.from([1, 2, 3]), new AbortController().signal);
  expect(await Array.fromAsync(messages)).toEqual([1, 2, 3]);
});

it("rejects with the reason of the signal while it waits for a message that never comes", async () => {
  const controller = new AbortController();
  const messages = untilAborted(twoAndSilence(), controller.signal);
  expect([await messages.next(), await messages.next()].map(({ value }) => value)).toEqual([1, 2]);
  const next = expect(messages.next()).rejects.toThrow("deadline");
  controller.abort(new Error("deadline"));
  await next;
});

it("rejects at once where the signal is aborted already", async () => {
  const messages = untilAborted(twoAndSilence(), AbortSignal.abort(new Error("drain")));
  await expect(messages.next()).rejects.toThrow("drain");
});

it("lets go of messages that are left early", async () => {
  let released = false;
  async function* tracked() {
    try {
      yield 1;
      yield 2;
    } finally {
      released = true;
    }
  }
  for await (const _ of untilAborted(tracked(), new AbortController().signal)) break;
  expect(released).toBe(true);
});

import { expect, it, vi } from "vitest";
import { untilAborted } from "./until-aborted.ts";

async function* numbers() {
  yield 1;
  yield 2;
}

it("yields everything and ends", async () => {
  expect(await Array.fromAsync(untilAborted(numbers(), new AbortController().signal))).toEqual([1, 2]);
});

it("listens to its signal no more once it has ended", async () => {
  const { signal } = new AbortController();
  const [add, remove] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
  await Array.fromAsync(untilAborted(numbers(), signal));
  expect(add).toHaveBeenCalledTimes(1);
  expect(remove.mock.calls).toEqual(add.mock.calls);
});

it("throws the reason at once although the iterable hangs", async () => {
  const controller = new AbortController();
  const onReturn = vi.fn(async () => ({ done: true as const, value: undefined }));
  const hanging: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: onReturn }),
  };
  const next = untilAborted(hanging, controller.signal).next();
  controller.abort(new Error("left"));
  await expect(next).rejects.toThrow("left");
  expect(onReturn).toHaveBeenCalled();
});

it("yields nothing when the signal was aborted before", async () => {
  await expect(untilAborted(numbers(), AbortSignal.abort(new Error("left"))).next()).rejects.toThrow("left");
});

it("passes on the error of the iterable", async () => {
  async function* failing() {
    yield 1;
    throw new Error("broken");
  }
  await expect(Array.fromAsync(untilAborted(failing(), new AbortController().signal))).rejects.toThrow("broken");
});

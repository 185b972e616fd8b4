import { expect, it, vi } from "vitest";
import { holdHeaders } from "./hold-headers.ts";

async function* messages(...items: readonly number[]) {
  yield* items;
}

it("tells that the reader waits when it asks for a second message, not before", async () => {
  const waits = vi.fn();
  const iterator = holdHeaders(messages(1, 2), waits)[Symbol.asyncIterator]();
  await iterator.next();
  expect(waits).not.toHaveBeenCalled();
  void iterator.next();
  expect(waits).toHaveBeenCalledTimes(1);
});

it("tells so, a turn of the event loop later, when there is no message at all", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waits = vi.fn(resolve);
  const iterator = holdHeaders(messages(), waits)[Symbol.asyncIterator]();
  expect(await iterator.next()).toMatchObject({ done: true });
  expect(waits).not.toHaveBeenCalled();
  await promise;
});

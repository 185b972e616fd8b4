import { expect, it } from "vitest";
import { createOutbox } from "./outbox.ts";

it("hands on what was there and what comes, up to the end", async () => {
  const outbox = createOutbox<number>();
  outbox.push(1);
  const all = Array.fromAsync(outbox.messages());
  outbox.push(2);
  await Promise.resolve();
  outbox.push(3);
  outbox.close();
  outbox.push(4);
  expect(await all).toEqual([1, 2, 3]);
});

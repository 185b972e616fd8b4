import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { createSendQueue } from "./send-queue.ts";

it("hands on messages in order, also those that come while it is waited for, until it is closed", async () => {
  const queue = createSendQueue<number>();
  queue.push(1);
  const read: number[] = [];
  const reading = (async () => {
    for await (const message of queue) read.push(message);
  })();
  await settled();
  expect(read).toEqual([1]);
  queue.push(2);
  queue.push(3);
  await settled();
  expect(read).toEqual([1, 2, 3]);
  queue.push(4);
  queue.close();
  queue.push(5);
  await reading;
  expect(read).toEqual([1, 2, 3, 4]);
});

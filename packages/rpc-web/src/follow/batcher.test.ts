import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { createBatcher } from "./batcher.ts";

function setUp(limit?: number) {
  const environment = createFakeEnvironment();
  const batches: (readonly number[])[] = [];
  const batcher = createBatcher<number>(environment.onFrame, (batch) => batches.push(batch), limit);
  return { environment, batches, batcher };
}

it("hands on what arrived since the last frame, together", () => {
  const { environment, batches, batcher } = setUp();
  batcher.push(1);
  batcher.push(2);
  expect(batches).toEqual([]);
  environment.paint();
  batcher.push(3);
  environment.paint();
  expect(batches).toEqual([[1, 2], [3]]);
});

it("does not wait for a frame when too much has gathered", () => {
  const { environment, batches, batcher } = setUp(2);
  for (const number of [1, 2, 3]) batcher.push(number);
  expect(batches).toEqual([[1, 2]]);
  environment.paint();
  expect(batches).toEqual([[1, 2], [3]]);
});

it("hands on nothing when nothing arrived", () => {
  const { batches, batcher } = setUp();
  batcher.flush();
  expect(batches).toEqual([]);
});

it("forgets what has gathered when cleared", () => {
  const { environment, batches, batcher } = setUp();
  batcher.push(1);
  batcher.clear();
  environment.paint();
  expect(batches).toEqual([]);
});

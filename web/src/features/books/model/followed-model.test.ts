import { create } from "@bufbuild/protobuf";
import { WatchModelResponseSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { expect, it } from "vitest";
import { followModel, unknownModel } from "./followed-model.ts";

const version = (value: bigint) => create(WatchModelResponseSchema, { model: { version: value } });

it("takes the last of several messages", () => {
  expect(followModel(unknownModel, [version(1n), version(2n)]).model?.version).toBe(2n);
});

it("tells which model was renewed while one looked, and not the first", () => {
  const first = followModel(unknownModel, [version(3n)]);
  expect(first.renewed).toBeUndefined();
  const next = followModel(first, [version(4n)]);
  expect(next.renewed).toBe(4n);
  expect(followModel(next, [version(4n)]).renewed).toBe(4n);
});

it("counts the first model after none as renewed", () => {
  expect(followModel(followModel(unknownModel, [version(0n)]), [version(1n)]).renewed).toBe(1n);
});

it("takes no notice of a message that brings nothing", () => {
  const known = followModel(unknownModel, [version(1n)]);
  expect(followModel(known, [create(WatchModelResponseSchema)])).toBe(known);
});

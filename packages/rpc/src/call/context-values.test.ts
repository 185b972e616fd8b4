import { createContextKey, createContextValues } from "@connectrpc/connect";
import fc from "fast-check";
import { expect, it } from "vitest";
import { CallValues } from "./context-values.ts";

const keys = ["a", "b", "c"].map((name) => createContextKey<number | undefined>(-1, { description: name }));
const key = fc.constantFrom(...keys);
const step = fc.oneof(
  fc.record({ key, set: fc.constant(true), value: fc.oneof(fc.nat(3), fc.constant(undefined)) }),
  fc.record({ key, set: fc.constant(false), value: fc.constant(0) }),
);

it("has the values that Connect's would have, whatever is set and deleted", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const [own, theirs] = [new CallValues(), createContextValues()];
      for (const { key: changed, set, value } of steps) {
        for (const values of [own, theirs]) set ? values.set(changed, value) : values.delete(changed);
        expect(keys.map((one) => own.get(one))).toEqual(keys.map((one) => theirs.get(one)));
      }
    }),
  );
});

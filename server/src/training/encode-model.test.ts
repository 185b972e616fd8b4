import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeModel, encodeModel } from "./encode-model.ts";
import { arbitraryModel } from "./testing/arbitrary-model.ts";

it("a model comes back from its bytes as it was, wherever in memory they are", () => {
  fc.assert(
    fc.property(arbitraryModel, fc.nat({ max: 9 }), (model, offset) => {
      const bytes = encodeModel(model);
      const moved = new Uint8Array(bytes.length + offset);
      moved.set(bytes, offset);
      expect(decodeModel(moved.subarray(offset))).toEqual(model);
    }),
  );
});

it("bytes of which some are missing, changed or added are refused", () => {
  const damages = fc.oneof(
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }),
    fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), bit: fc.nat({ max: 7 }) }),
    fc.record({ kind: fc.constant("add" as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 50 }) }),
  );
  fc.assert(
    fc.property(arbitraryModel, damages, (model, damage) => {
      const bytes = encodeModel(model);
      expect(() => decodeModel(damaged(bytes, damage))).toThrow(/^it /);

      function damaged(whole: Uint8Array, how: typeof damage): Uint8Array {
        if (how.kind === "cut") return whole.subarray(0, how.at % whole.length);
        if (how.kind === "add") return Uint8Array.from([...whole, ...how.bytes]);
        const at = how.at % whole.length;
        return whole.map((byte, index) => (index === at ? byte ^ (1 << how.bit) : byte));
      }
    }),
    { numRuns: 500 },
  );
});

it("bytes of anything else are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => decodeModel(bytes)).toThrow(/^it /);
    }),
  );
});

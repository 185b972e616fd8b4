import { create } from "@bufbuild/protobuf";
import { ReasonSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { reasonShares } from "./reason-shares.ts";

it("gives popularity its share of all that speaks for the book", () => {
  const influences = [
    { share: 0.5, contribution: 0.2 },
    { share: 0.25, contribution: 0.1 },
  ];
  const { popularity, rest } = reasonShares(create(ReasonSchema, { influences, popularity: 0.04 }));
  expect(popularity).toBeCloseTo(0.1);
  expect(rest).toBeCloseTo(0.15);
});

it("counts popularity among the rest where it is not told what a book adds", () => {
  const reason = create(ReasonSchema, { influences: [{ share: 0.75 }] });
  expect(reasonShares(reason)).toEqual({ popularity: undefined, rest: 0.25 });
});

it("leaves nothing over and nothing below zero", () => {
  const parts = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(parts, fc.double({ min: -1, max: 1, noNaN: true }), (contributions, popularity) => {
      const whole = contributions.reduce((sum, one) => sum + one, Math.max(0, popularity));
      const influences = contributions.map((contribution) => ({ contribution, share: contribution / whole }));
      const shares = reasonShares(create(ReasonSchema, { influences, popularity }));
      const named = influences.reduce((sum, { share }) => sum + share, 0);
      const sum = named + (shares.popularity ?? 0) + shares.rest;
      return Math.abs(sum - 1) < 0.002 && (shares.popularity ?? 0) >= 0 && shares.rest >= 0;
    }),
  );
});

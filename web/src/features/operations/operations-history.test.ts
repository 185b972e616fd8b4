import { create } from "@bufbuild/protobuf";
import { WatchOperationsResponseSchema } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { expect, it } from "vitest";
import { followOperations, noOperations } from "./operations-history.ts";

/** The figures of a server that has run so long, and has ended so many calls, some in trouble. */
function figures(uptimeSeconds: number, count: bigint, troubled = 0n) {
  const codes = [
    { code: "ok", count: count - troubled },
    { code: "Unavailable", isTrouble: true, count: troubled },
  ];
  return create(WatchOperationsResponseSchema, {
    uptimeSeconds,
    methods: [{ method: "a.B/C", protocols: [{ protocol: "grpc", codes }] }],
    process: { eventLoopMaxSeconds: 0.02, residentBytes: 90_000_000n },
  });
}

it("works out rates between two messages", () => {
  const { samples, latest } = followOperations(noOperations, [figures(10, 100n), figures(12, 120n, 4n)]);
  expect(samples).toEqual([
    { at: 10, callRate: undefined, troubleRate: undefined, eventLoopMs: 20, memoryMb: 90 },
    { at: 12, callRate: 10, troubleRate: 2, eventLoopMs: 20, memoryMb: 90 },
  ]);
  expect(latest?.uptimeSeconds).toBe(12);
});

it("begins anew with a server that has started again", () => {
  const before = followOperations(noOperations, [figures(10, 100n), figures(12, 120n)]);
  expect(followOperations(before, [figures(1, 3n)]).samples).toMatchObject([{ at: 1, callRate: undefined }]);
});

it("keeps a bounded number of samples", () => {
  const messages = Array.from({ length: 200 }, (_, index) => figures(index, 0n));
  expect(followOperations(noOperations, messages).samples).toHaveLength(150);
});

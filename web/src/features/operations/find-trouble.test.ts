import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { WatchOperationsResponseSchema } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { expect, it } from "vitest";
import { findTrouble } from "./find-trouble.ts";
import { followOperations, noOperations } from "./operations-history.ts";

const found = (init: MessageInitShape<typeof WatchOperationsResponseSchema>) => {
  const { latest, samples } = followOperations(noOperations, [create(WatchOperationsResponseSchema, init)]);
  return latest && findTrouble(latest, samples).map(({ text }) => text);
};

const method = "triptych.greeter.v1.GreeterService/SayHello";

it("finds nothing where all is well, mistakes of clients included", () => {
  const codes = [
    { code: "ok", count: 9n, recent: 9n },
    { code: "InvalidArgument", count: 5n, recent: 5n },
    { code: "Unavailable", isTrouble: true, count: 3n, recent: 0n },
  ];
  const well = { methods: [{ method, faults: 2n, protocols: [{ protocol: "grpc", codes }] }] };
  expect(found(well)).toEqual([]);
  expect(found({})).toEqual([]);
});

it("says faults first, then what the server lacked, then what was refused", () => {
  const codes = [
    { code: "ok", recent: 6n },
    { code: "Unavailable", isTrouble: true, recent: 3n },
    { code: "Internal", isTrouble: true, recent: 1n },
  ];
  expect(
    found({
      methods: [{ method, recentFaults: 1n, protocols: [{ protocol: "grpc", codes }] }],
      refusals: [
        { metric: "rpc_calls_refused_total", reason: "calls_in_flight", count: 7n, recent: 2n },
        { metric: "answers_refused_total", reason: "address", count: 7n, recent: 0n },
      ],
    }),
  ).toEqual([
    "GreeterService/SayHello has failed once by a fault of the server.",
    "GreeterService/SayHello: 3 of 10 calls ended with Unavailable.",
    "2 refused: calls beyond those that may be in flight (MAX_CALLS_IN_FLIGHT).",
  ]);
});

it.each([
  [
    "a write that waits",
    { store: { lagSeconds: 3.2, pendingWrites: 4n } },
    "A write has waited for 3.20 s, and 4 are not durable.",
  ],
  [
    "a slow disk",
    { store: { recentSyncs: { count: 9n, p99Seconds: 0.5 } } },
    "The disk is slow: of a hundred syncs one took 500 ms or longer.",
  ],
  [
    "a long turn",
    { process: { eventLoopMaxSeconds: 0.4 } },
    "In the last minute a turn of the event loop took 400 ms, and held up all calls.",
  ],
  ["a failed training", { model: { hasFailed: true } }, "The latest training of the model has failed."],
])("finds what is wrong with %s", (_what, init, text) => {
  expect(found(init)).toEqual([text]);
});

it("finds a long turn for a minute, and not for longer", () => {
  const at = (uptimeSeconds: number, eventLoopMaxSeconds: number) =>
    create(WatchOperationsResponseSchema, { uptimeSeconds, process: { eventLoopMaxSeconds } });
  const foundAfter = (seconds: number) => {
    const { latest, samples } = followOperations(noOperations, [at(100, 5), at(102, 0.01), at(100 + seconds, 0.01)]);
    return latest && findTrouble(latest, samples);
  };
  expect(foundAfter(58)).toHaveLength(1);
  expect(foundAfter(61)).toEqual([]);
});

// Prints how long it takes to encode or decode the order of the benchmark, in microseconds: the mean over the seconds that the third
// argument gives, of which the first half only warms up. The first two say the format and the direction.
import { fromBinary, fromJsonString, toBinary, toJsonString } from "@bufbuild/protobuf";
import { GetOrderResponseSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { orderBytes, orderObject, orderResponse } from "./order.ts";

/** How many are made between two looks at the clock. */
const BATCH = 200;

const json = JSON.stringify(orderObject);
const works: Readonly<Record<string, () => unknown>> = {
  "protobuf, encode": () => toBinary(GetOrderResponseSchema, orderResponse),
  "protobuf, decode": () => fromBinary(GetOrderResponseSchema, orderBytes),
  "protobuf's JSON, encode": () => toJsonString(GetOrderResponseSchema, orderResponse),
  "protobuf's JSON, decode": () => fromJsonString(GetOrderResponseSchema, json),
  "plain JSON, encode": () => JSON.stringify(orderObject),
  "plain JSON, decode": () => JSON.parse(json),
};

const [format, direction, seconds] = process.argv.slice(2);
const work = works[`${format}, ${direction}`];
if (work === undefined) throw new Error(`no such work: ${format}, ${direction}`);

function meanTime(run: () => unknown, milliseconds: number): number {
  const start = performance.now();
  let count = 0;
  let now = start;
  for (; now - start < milliseconds; now = performance.now()) {
    for (let index = 0; index < BATCH; index++) run();
    count += BATCH;
  }
  return ((now - start) * 1_000) / count;
}

const half = Number(seconds) * 500;
meanTime(work, half);
process.stdout.write(`${meanTime(work, half)}\n`);

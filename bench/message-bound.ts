import { type DescMessage, type DescMethod, fromBinary } from "@bufbuild/protobuf";
import { StructSchema } from "@bufbuild/protobuf/wkt";
import { CreateOrderRequestSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createMessageCodec, DEFAULT_MAX_ELEMENTS } from "@triptych/rpc/messages/message-codec.ts";

// Prints how long the event loop is held by request messages with as many elements as are allowed, in processor time of its thread:
// `node bench/message-bound.ts`, or with a number of elements. The reason for `DEFAULT_MAX_ELEMENTS`.

const elements = Number(process.argv[2] ?? DEFAULT_MAX_ELEMENTS);
const RUNS = 7;

const binary = (one: readonly number[], elementsEach = 1) =>
  Buffer.concat(Array.from({ length: elements / elementsEach }, () => Buffer.from(one)));
const members = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join();
const text = (json: string) => Buffer.from(json);

const CASES: readonly (readonly [what: string, desc: DescMessage, isBinary: boolean, bytes: Uint8Array])[] = [
  ["protobuf: empty items", CreateOrderRequestSchema, true, binary([10, 0])],
  ["protobuf: unknown fields", CreateOrderRequestSchema, true, binary([0x7a, 0])],
  ["protobuf: entries of a map without a key", StructSchema, true, binary([10, 0])],
  ["protobuf: values in values", StructSchema, true, binary([10, 4, 18, 2, 50, 0], 3)],
  [
    "JSON: keys that are not known",
    CreateOrderRequestSchema,
    false,
    text(`{${members(elements / 2 - 2, (i) => `"key${i}":1`)}}`),
  ],
  [
    "JSON: attributes",
    CreateOrderRequestSchema,
    false,
    text(`{"attributes":{${members(elements / 2 - 4, (i) => `"key${i}":"v"`)}}}`),
  ],
  ["JSON: empty items", CreateOrderRequestSchema, false, text(`{"items":[${members(elements / 2 - 4, () => "{}")}]}`)],
  [
    "JSON: numbers with exponents",
    CreateOrderRequestSchema,
    false,
    text(`{"unknown":[${members(elements - 5, () => "1e0")}]}`),
  ],
];

for (const [what, desc, isBinary, bytes] of CASES) {
  const method: Pick<DescMethod, "input" | "output"> = { input: desc, output: desc };
  const codec = createMessageCodec(method, { maxMessageBytes: 2 ** 30, maxMessageElements: elements }).getI(isBinary);
  if (isBinary) fromBinary(desc, bytes);
  const times = Array.from({ length: RUNS }, () => {
    const start = process.threadCpuUsage();
    codec.parse(bytes);
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1_000;
  }).sort((one, other) => one - other);
  const [least = 0] = times;
  process.stdout.write(`${what}: ${least.toFixed(1)} ms at least, ${(times.at(-1) ?? 0).toFixed(1)} ms at most\n`);
}

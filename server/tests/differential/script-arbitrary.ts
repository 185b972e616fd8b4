import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import {
  Manner,
  Oddity,
  Pause,
  type ScriptSchema,
  type StepSchema,
  Thrown,
} from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import fc from "fast-check";

type Step = MessageInitShape<typeof StepSchema>;
type Script = MessageInitShape<typeof ScriptSchema>;

/** Text that is hard to carry: beyond ASCII, control characters, percent signs, what HTTP or JSON has to escape. */
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("", "a word", "name: must be short", "100%", "ü☺𝒳", "a\r\nb: c", "\u0000\u007f", " x "),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 200 }) },
);

/** What may follow the colon of a header: bytes that HTTP lets through. */
export const headerValue = fc.oneof(
  fc.constantFrom("", "value", "a, b", "a,b", "ü", "%41%zz", '"quoted"', "x".repeat(300)),
  fc
    .string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 30 })
    .map((value) => value.trim()),
);

/** Values of binary metadata: padded, not padded, several in one, empty, and some that are no base64. */
export const binaryValue = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("base64")),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "")),
  fc.constantFrom("", "AA==,AQ", "AA,AQ==", "AA, AQ", "A", "!!!", "AA=A", "_-8", "=="),
);

const setMetadata = fc.record({
  trailer: fc.boolean(),
  append: fc.boolean(),
  delete: fc.constantFrom(false, false, false, true),
  name: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("x-answer", "X-Answer", "x-other", "x-data-bin") },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "content-type",
        "grpc-status",
        "grpc-message",
        "content-length",
        "set-cookie",
        "bad name",
        "",
        "trailer-x",
        "date",
        "vary",
        "grpc-encoding",
        "te",
        "content-encoding",
        "status",
      ),
    },
  ),
  value: fc.oneof(
    { weight: 6, arbitrary: headerValue },
    { weight: 2, arbitrary: binaryValue },
    { weight: 1, arbitrary: fc.constantFrom("a\nb", "a\u0001b", "☺", "5", "application/json") },
  ),
});

const failure = fc.record({
  thrown: fc.oneof(
    { weight: 3, arbitrary: fc.constant(Thrown.UNSPECIFIED) },
    { weight: 2, arbitrary: fc.constantFrom(...numbersOf(Thrown)) },
  ),
  code: fc.constantFrom(...numbersOf(Code)),
  message: text,
  fields: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom("name", "ü", ""), { maxLength: 3 }) },
  ),
  metadata: fc.oneof(
    { weight: 1, arbitrary: fc.array(setMetadata, { maxLength: 0 }) },
    { weight: 1, arbitrary: fc.array(setMetadata, { minLength: 1, maxLength: 3 }) },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        text,
        size: fc.oneof(
          { weight: 8, arbitrary: fc.nat(40) },
          { weight: 1, arbitrary: fc.constantFrom(1_019, 1_024, 16_384, 70_000, 300_000) },
        ),
      })
      .map((value) => ({ action: { case: "answer", value } }) as const),
  },
  { weight: 4, arbitrary: setMetadata.map((value) => ({ action: { case: "setMetadata", value } }) as const) },
  { weight: 2, arbitrary: fc.constant({ action: { case: "report", value: {} } } as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...numbersOf(Oddity)).map((value) => ({ action: { case: "oddity", value } }) as const),
  },
  { weight: 3, arbitrary: failure.map((value) => ({ action: { case: "failure", value } }) as const) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(Pause.UNSPECIFIED, Pause.MICROTASK)
      .map((value) => ({ action: { case: "pause", value } }) as const),
  },
);

const manner = fc.oneof(
  { weight: 6, arbitrary: fc.constant(Manner.UNSPECIFIED) },
  { weight: 1, arbitrary: fc.constantFrom(Manner.SYNCHRONOUS, Manner.BARE_ITERATOR) },
);
/** A script that comes to its end. */
export const script: fc.Arbitrary<Script> = fc.record({ steps: fc.array(step, { maxLength: 6 }), manner });

const waiting = fc.constantFrom(Pause.UNTIL_ABORTED, Pause.FOREVER);

/** A script that begins to wait before its timeout passes, and never stops by itself. */
export const waitingScript: fc.Arbitrary<Script> = fc
  .tuple(
    fc.array(
      fc.oneof(
        setMetadata.map((value) => ({ action: { case: "setMetadata", value } }) as const),
        fc.constant({ action: { case: "answer", value: { text: "early" } } } as const),
      ),
      { maxLength: 2 },
    ),
    waiting,
    fc.array(step, { maxLength: 2 }),
  )
  .map(([before, value, after]) => ({ steps: [...before, { action: { case: "pause", value } }, ...after] }));

/** The numbers of an enum of TypeScript's own kind. */
function numbersOf<T extends Record<string, string | number>>(all: T): Extract<T[keyof T], number>[] {
  // Such an enum has its names beside its numbers.
  return Object.values(all).filter((value) => typeof value === "number") as Extract<T[keyof T], number>[];
}

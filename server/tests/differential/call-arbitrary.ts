import { PROTOCOLS, type Protocol } from "@triptych/testkit/raw/call-protocol.ts";
import fc from "fast-check";
import { DOINGS } from "../scripted/planned-interceptor.ts";
import { changeOf, openEnded, query } from "./change-arbitrary.ts";
import { binaryValue, headerValue, script, waitingScript } from "./script-arbitrary.ts";
import { type Change, type FurtherMessage, isStreaming, readsMany, type ScriptedCall } from "./scripted-call.ts";
import { MAX_MESSAGE_BYTES } from "./serve-pair.ts";

const metadata = fc.oneof(
  fc.tuple(fc.constantFrom("x-asked", "X-Asked", "x-other", "cookie", "authorization", "user-agent"), headerValue),
  fc.tuple(fc.constantFrom("x-data-bin", "X-Data-Bin", "grpc-status-details-bin"), binaryValue),
);

/** Timeouts that never pass in a test, and some that are none; undefined, for none, most of the time. */
const idleTimeout = (protocol: Protocol) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    {
      weight: 2,
      arbitrary:
        protocol === "connect"
          ? fc.constantFrom("30000", "9999999999", "2147483648", "0030000")
          : fc.constantFrom(
              "30S",
              "30000m",
              "99999999H",
              "99999999M",
              "99999999S",
              "99999999m",
              "30000000u",
              "00000030S",
            ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "",
        "-1",
        "-1m",
        "m",
        "1 0",
        "1 m",
        "30s",
        "123456789S",
        "12345678901",
        "1.5S",
        "0x1S",
        "+1S",
        "30S,30S",
        "soon",
        "ü",
        "1e3",
        "30000ms",
      ),
    },
    {
      weight: 1,
      arbitrary: protocol === "connect" ? fc.constantFrom("0", "00") : fc.constantFrom("0S", "0m", "00000000n"),
    },
  );

/** A timeout that passes while the implementation waits. */
const shortTimeout = (protocol: Protocol) =>
  protocol === "connect" ? fc.constantFrom("80", "100") : fc.constantFrom("80m", "80000u", "00000100m", "80000000n");

const cuts = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.constant([1]) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom([4], [5], [6], [1_000], [5, 1, 100_000], [100_000]) },
);

const dataSize = fc.oneof(
  { weight: 10, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(100) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      1_000,
      20_000,
      MAX_MESSAGE_BYTES - 400,
      MAX_MESSAGE_BYTES,
      MAX_MESSAGE_BYTES + 1,
      100_000,
    ),
  },
);

const furtherMessage: fc.Arbitrary<FurtherMessage> = fc.record({
  script,
  dataSize: fc.oneof(
    { weight: 9, arbitrary: fc.nat(20) },
    { weight: 1, arbitrary: fc.constantFrom(2_000, 20_000, 40_000, 100_000) },
  ),
  compressed: fc.boolean(),
  bytes: fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom([], [0xff], [0x0a, 0x7f, 1], [...Buffer.from("{}")], [...Buffer.from("null")]),
    },
  ),
});

const furtherMessages = (method: ScriptedCall["method"]) =>
  fc.array(furtherMessage, { maxLength: readsMany(method) ? 4 : 0 });

const plan = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc
        .tuple(fc.constantFrom("outer", "inner"), fc.constantFrom(...DOINGS))
        .map(([name, doing]) => `${name}:${doing}`),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

/** Calls of all protocols: most of them good but for one or two things. */
export function callArbitrary(hasInterceptors: boolean): fc.Arbitrary<ScriptedCall> {
  const shape = fc.record({
    protocol: fc.constantFrom(...PROTOCOLS),
    codec: fc.constantFrom("proto" as const, "proto" as const, "json" as const),
    method: fc.constantFrom(
      "PlayOnce" as const,
      "PlayStream" as const,
      "PlayOnce" as const,
      "PlayStream" as const,
      "ReadOnce" as const,
      "PlayUpload" as const,
      "PlayConversation" as const,
      "PlayConversation" as const,
    ),
  });
  return shape.chain(({ protocol, codec, method }) => {
    const common = {
      protocol: fc.constant(protocol),
      codec: fc.constant(codec),
      method: fc.constant(method),
      plan: hasInterceptors ? plan : fc.constant([]),
      metadata: fc.array(metadata, { maxLength: 4 }),
      declared: fc.boolean(),
      followed: fc.boolean(),
      more: furtherMessages(method),
      compression: isStreaming(method) ? fc.constantFrom(undefined, undefined, "gzip", "br") : fc.constant(undefined),
    };
    const change = changeOf(protocol, isStreaming(method));
    const changes = fc.oneof(
      { weight: 4, arbitrary: fc.constant<Change[]>([]) },
      { weight: 4, arbitrary: change.map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(change, { minLength: 2, maxLength: 3 }) },
      { weight: method === "ReadOnce" ? 8 : 0, arbitrary: query },
      { weight: 1, arbitrary: openEnded(method, protocol === "connect" && !isStreaming(method)) },
    );
    const brisk = fc.record({ ...common, script, dataSize, timeout: idleTimeout(protocol), changes, cuts });
    const slow = fc.record({
      ...common,
      script: waitingScript,
      dataSize: fc.nat(10),
      timeout: shortTimeout(protocol),
      changes: fc.constantFrom<Change[]>([], readsMany(method) ? [{ open: true }] : []),
      cuts: fc.constant<number[]>([]),
    });
    return fc.oneof({ weight: 30, arbitrary: brisk }, { weight: 1, arbitrary: slow });
  });
}

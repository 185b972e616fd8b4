import fc from "fast-check";
import { acceptHeaderOf, PROTOCOLS, type Protocol } from "../raw/call-protocol.ts";
import { DOINGS } from "../scripted/planned-interceptor.ts";
import { binaryValue, headerValue, script, waitingScript } from "./script-arbitrary.ts";
import type { Change, ScriptedCall } from "./scripted-call.ts";
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

/** Something odd about the request, of the kind that its protocol has to notice. */
function changeOf(protocol: Protocol, isStream: boolean): fc.Arbitrary<Change> {
  const set = (name: string, ...values: string[]) =>
    fc.constantFrom(...values).map((value): Change => ({ set: [name, value] }));
  return fc.oneof(
    { weight: 3, arbitrary: contentType },
    { weight: 1, arbitrary: set("te", "trailers", "Trailers", "trailers, deflate") },
    { weight: 1, arbitrary: fc.constant<Change>({ remove: "te" }) },
    { weight: 1, arbitrary: set("connect-protocol-version", "1", "2", "", "v1") },
    { weight: 1, arbitrary: fc.constant<Change>({ remove: "connect-protocol-version" }) },
    {
      weight: 1,
      arbitrary: set(
        "accept",
        "application/grpc-web-text",
        "*/*",
        "application/json",
        "application/grpc-web-text+proto, text/html",
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "post").map((verb): Change => ({ verb })),
    },
    { weight: 1, arbitrary: path },
    { weight: 2, arbitrary: fc.constantFrom(1, 2, 3, 0x80, 0x81, 0xff, 4).map((flags): Change => ({ flags })) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(0, 1, 4, 1_000, MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES + 1, 2 ** 31, 2 ** 32 - 1)
        .map((claim): Change => ({ claim })),
    },
    { weight: 2, arbitrary: compression },
    { weight: 2, arbitrary: acceptCompression(protocol, isStream) },
    { weight: 1, arbitrary: set(acceptHeaderOf("connect", false), "gzip", "br", "gzip, deflate, br", "identity") },
    { weight: 2, arbitrary: message },
    {
      weight: 2,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes): Change => ({ append: [...bytes] })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Change>(
        { append: [0] },
        { append: [0, 0, 0, 0] },
        { append: [0, 0, 0, 0, 0] },
        { append: [2, 0, 0, 0, 2, 123, 125] },
        { append: [2, 0, 0, 0, 0] },
        { append: [0x80, 0, 0, 0, 0] },
        { append: [0, 0xff, 0xff, 0xff, 0xff] },
      ),
    },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }).map((shorten): Change => ({ shorten })) },
    { weight: 2, arbitrary: fc.constantFrom(0, 2, 3).map((messages): Change => ({ messages })) },
    { weight: 1, arbitrary: fc.constant<Change>({ bodyless: true }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Change>(
        { set: ["x-grpc-web", "1"] },
        { set: ["x-user-agent", "grpc-web-javascript/0.1"] },
        { set: ["origin", "http://localhost"] },
      ),
    },
  );
}

const contentType = fc
  .constantFrom(
    "",
    "application/grpc",
    "application/grpc+proto",
    "application/grpc+json",
    "application/grpc+thrift",
    "application/grpc; charset=utf-8",
    "application/grpc+proto;charset=utf-8",
    "application/grpc ;a=b",
    "APPLICATION/GRPC",
    "Application/gRPC+Proto",
    "application/grpc+PROTO",
    "application/grpc-web",
    "application/grpc-web+proto",
    "application/grpc-web+json",
    "application/grpc-web; a=b",
    "application/Grpc-Web+proto",
    "application/grpc-web-text",
    "application/grpc-web-text+proto",
    "application/grpc-web-text+json",
    "Application/grpc-web-text; a=b",
    "application/grpc-websocket",
    "application/grpcx",
    "application/proto",
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=utf-16",
    "application/JSON",
    "APPLICATION/PROTO",
    "application/proto; a=b",
    "application/proto ;a=b",
    "application/protobuf",
    "application/x-protobuf",
    "text/json",
    "text/plain",
    "application/xml",
    "*/*",
    "application/",
    "json",
    "application/connect+proto",
    "application/connect+json",
    "application/connect",
    "application/connect+json; charset=utf-8",
    "Application/Connect+JSON",
    "application/connect+xml",
    "application/connect-web",
    "application/json, application/proto",
  )
  .chain(
    (value): fc.Arbitrary<Change> =>
      fc.constantFrom(
        { set: ["content-type", value] as const },
        { set: ["content-type", value] as const },
        { remove: "content-type" },
      ),
  );

const path = fc
  .constantFrom(
    "PlayOnce/",
    "playonce",
    "Missing",
    "PlayOnce?a=b",
    "PlayStream?",
    "PlayOnce?connect=v1&encoding=json&message=%7B%7D",
    "PlayOnce#x",
    "Play%4Fnce",
    "",
    "PlayUpload",
    "PlayConversation",
    "PlayStream",
    "PlayOnce",
    "ReadOnce",
  )
  .map((name): Change => ({ path: `/triptych.testing.v1.ScriptService/${name}` }));

const compression = fc
  .tuple(
    fc.constantFrom<("gzip" | "br" | "none")[]>("gzip", "br", "none"),
    fc.constantFrom("gzip", "br", "identity", "deflate", "", "GZIP", "gzip, br"),
  )
  .map(([compress, as]): Change => ({ compress, as }));

const acceptCompression = (protocol: Protocol, isStream: boolean) =>
  fc
    .constantFrom(
      "gzip",
      "br",
      "identity",
      "",
      "deflate",
      "gzip,br",
      "br, gzip",
      "identity, gzip",
      "GZIP",
      "*",
      "gzip;q=0",
    )
    .map((value): Change => ({ set: [acceptHeaderOf(protocol, isStream), value] }));

const message = fc
  .oneof(
    fc.constantFrom(
      [],
      [0xff],
      [0x0a],
      [0x0a, 0x7f, 1],
      [0x12, 2, 1, 2],
      [0x1a, 0],
      [0x0a, 2, 0x0a, 0],
      [...Buffer.from("{}")],
      [...Buffer.from("null")],
      [...Buffer.from('{"script":{}}')],
      [...Buffer.from('{"nothing":1}')],
      [...Buffer.from('{"data":5}')],
      [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
      [...Buffer.from(' {"data":"AA=="} ')],
    ),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => [...bytes]),
  )
  .map((bytes): Change => ({ message: [...bytes] }));

/** A GET, whole or lacking something. */
const query = fc
  .tuple(
    fc.constantFrom<Record<string, string>[]>(
      {},
      { base64: "0" },
      { message: "" },
      { message: "!" },
      { encoding: "xml" },
      { encoding: "" },
      { connect: "v2" },
      { compression: "gzip" },
      { compression: "identity" },
      { base64: "0", encoding: "json", message: "{}" },
      { encoding: "json" },
    ),
    fc.boolean(),
  )
  .map(([differing, hasType]): Change[] => [
    { verb: "GET" },
    { query: differing },
    { bodyless: true },
    ...(hasType ? [] : [{ remove: "content-type" } as const]),
  ]);

/** What is wrong before a request has ended: its client keeps it open, and must be told all the same. */
const wrongFromTheStart = fc.constantFrom<Change[]>(
  [{ set: ["content-type", "text/plain"] }],
  [{ set: ["content-type", "application/grpc+thrift"] }],
  [{ path: "/triptych.testing.v1.ScriptService/Missing" }],
);
const wrongInItsEnvelope = fc.constantFrom<Change[]>(
  [{ claim: MAX_MESSAGE_BYTES + 1 }],
  [{ claim: 2 ** 32 - 1 }],
  [{ flags: 1 }],
  [{ messages: 2 }],
  [{ messages: 3 }],
  [{ message: [0xff] }, { messages: 2 }],
);

function openEnded(isBare: boolean): fc.Arbitrary<Change[]> {
  const wrong = isBare ? wrongFromTheStart : fc.oneof(wrongFromTheStart, wrongInItsEnvelope);
  return wrong.map((changes) => [...changes, { open: true }]);
}

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
    };
    const change = changeOf(protocol, method === "PlayStream");
    const changes = fc.oneof(
      { weight: 4, arbitrary: fc.constant<Change[]>([]) },
      { weight: 4, arbitrary: change.map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(change, { minLength: 2, maxLength: 3 }) },
      { weight: method === "ReadOnce" ? 8 : 0, arbitrary: query },
      { weight: 1, arbitrary: openEnded(protocol === "connect" && method !== "PlayStream") },
    );
    const brisk = fc.record({ ...common, script, dataSize, timeout: idleTimeout(protocol), changes, cuts });
    const slow = fc.record({
      ...common,
      script: waitingScript,
      dataSize: fc.nat(10),
      timeout: shortTimeout(protocol),
      changes: fc.constant<Change[]>([]),
      cuts: fc.constant<number[]>([]),
    });
    return fc.oneof({ weight: 30, arbitrary: brisk }, { weight: 1, arbitrary: slow });
  });
}

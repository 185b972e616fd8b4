import { acceptHeaderOf, type Protocol } from "@triptych/testkit/raw/call-protocol.ts";
import fc from "fast-check";
import { type Change, readsMany, type ScriptedCall } from "./scripted-call.ts";
import { MAX_MESSAGE_BYTES } from "./serve-pair.ts";

/** Something odd about a request, of the kind that its protocol has to notice. */
export function changeOf(protocol: Protocol, isStream: boolean): fc.Arbitrary<Change> {
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

/** What makes a call a GET, whole or lacking something. */
export const query = fc
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
);
/** What is wrong where there may be one message only. */
const wrongInNumber = fc.constantFrom<Change[]>(
  [{ messages: 2 }],
  [{ messages: 3 }],
  [{ message: [0xff] }, { messages: 2 }],
);

/** What is wrong with a request that its client keeps open. */
export function openEnded(method: ScriptedCall["method"], isBare: boolean): fc.Arbitrary<Change[]> {
  const inBody = readsMany(method) ? wrongInItsEnvelope : fc.oneof(wrongInItsEnvelope, wrongInNumber);
  const wrong = isBare ? wrongFromTheStart : fc.oneof(wrongFromTheStart, inBody);
  return wrong.map((changes) => [...changes, { open: true }]);
}

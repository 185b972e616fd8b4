import { brotliCompressSync, gzipSync } from "node:zlib";
import { create, type MessageInitShape, toBinary, toJsonString } from "@bufbuild/protobuf";
import { PlayStreamRequestSchema, type ScriptSchema } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import { type Codec, contentTypeOf, encodingHeaderOf, type Protocol } from "@triptych/testkit/raw/call-protocol.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import type { RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { PLAN_HEADER } from "../scripted/planned-interceptor.ts";

/** A call in terms that a generator can make and shrink. */
export interface ScriptedCall {
  readonly protocol: Protocol;
  readonly codec: Codec;
  readonly method: "PlayOnce" | "ReadOnce" | "PlayStream" | "PlayUpload" | "PlayConversation";
  readonly script: MessageInitShape<typeof ScriptSchema>;
  /** How many bytes the message is made longer by. */
  readonly dataSize: number;
  /** The messages after the first, where the method reads a stream of them. */
  readonly more: readonly FurtherMessage[];
  /** What those of them are compressed with that are; undefined when none is. */
  readonly compression: "gzip" | "br" | undefined;
  /** What interceptors do. */
  readonly plan: readonly string[];
  /** The value of the protocol's timeout header. */
  readonly timeout: string | undefined;
  readonly metadata: readonly (readonly [name: string, value: string])[];
  /** What is done to the request before it is sent, in order. */
  readonly changes: readonly Change[];
  /** The lengths of the chunks of the body, over and over; none means one chunk. */
  readonly cuts: readonly number[];
  /** Whether the length of the body is told before it, where the HTTP version leaves a choice. */
  readonly declared: boolean;
  /** Whether another call comes on the same connection, where the HTTP version lets it wait for that. */
  readonly followed: boolean;
}

/** A message after the first. */
export interface FurtherMessage {
  readonly script: MessageInitShape<typeof ScriptSchema>;
  readonly dataSize: number;
  readonly compressed: boolean;
  /** Bytes in the place of the message; undefined for the message itself. */
  readonly bytes: readonly number[] | undefined;
}

/** Whether the requests and responses of a method are streams as far as its protocol goes. */
export function isStreaming(method: ScriptedCall["method"]): boolean {
  return method !== "PlayOnce" && method !== "ReadOnce";
}

/** Whether a method reads a stream of requests. */
export function readsMany(method: ScriptedCall["method"]): boolean {
  return method === "PlayUpload" || method === "PlayConversation";
}

/** Something done to a request before it is sent. */
export type Change =
  | { readonly set: readonly [name: string, value: string] }
  | { readonly add: readonly [name: string, value: string] }
  | { readonly remove: string }
  | { readonly verb: string }
  | { readonly path: string }
  | { readonly flags: number }
  | { readonly claim: number }
  | { readonly compress: "gzip" | "br" | "none"; readonly as: string }
  | { readonly message: readonly number[] }
  | { readonly append: readonly number[] }
  | { readonly shorten: number }
  | { readonly messages: number }
  | { readonly query: Readonly<Record<string, string>> }
  | { readonly bodyless: true }
  | { readonly open: true };

/** A request while it is being made. */
interface Draft {
  verb: string;
  path: string;
  headers: (readonly [name: string, value: string])[];
  message: Buffer;
  flags: number;
  claim: number | undefined;
  messages: number;
  tail: Buffer;
  shorten: number;
  bodyless: boolean;
  open: boolean;
}

/** Writes a call out as the request of its protocol. */
export function encodeCall(call: ScriptedCall): RawRequest {
  const draft = draftOf(call);
  for (const change of call.changes) apply(draft, change, call);
  const body = bodyOf(draft, call);
  const length: [string, string][] = call.declared && !draft.open ? [["Content-Length", String(body.length)]] : [];
  const hasLength = draft.headers.some(([name]) => name.toLowerCase() === "content-length");
  return {
    method: draft.verb,
    path: draft.path,
    headers: hasLength ? draft.headers : [...draft.headers, ...length],
    chunks: cut(body, call.cuts),
    open: draft.open,
  };
}

function draftOf(call: ScriptedCall): Draft {
  const { protocol, codec, method, script, dataSize, plan, timeout, metadata, changes, compression } = call;
  // All the methods' requests are alike on the wire.
  // A query with as much as a body may have would be more than a server reads.
  const size = changes.some((change) => "query" in change) ? Math.min(dataSize, 100) : dataSize;
  const headers: [string, string][] = [
    ["Host", "localhost"],
    ["Content-Type", contentTypeOf(protocol, codec, isStreaming(method))],
  ];
  if (protocol === "grpc") headers.push(["TE", "trailers"]);
  if (protocol === "connect") headers.push(["Connect-Protocol-Version", "1"]);
  if (plan.length > 0) headers.push([PLAN_HEADER, plan.join(", ")]);
  if (compression !== undefined) headers.push([encodingHeaderOf(protocol, isStreaming(method)), compression]);
  if (timeout !== undefined) headers.push([protocol === "connect" ? "Connect-Timeout-Ms" : "Grpc-Timeout", timeout]);
  return {
    verb: "POST",
    path: `/triptych.testing.v1.ScriptService/${method}`,
    headers: [...headers, ...metadata],
    message: encodeMessage(call, script, size),
    flags: 0,
    claim: undefined,
    messages: 1,
    tail: Buffer.alloc(0),
    shorten: 0,
    bodyless: false,
    open: false,
  };
}

function encodeMessage({ protocol, codec }: ScriptedCall, script: ScriptedCall["script"], size: number): Buffer {
  const request = create(PlayStreamRequestSchema, { script, data: new Uint8Array(size).fill(7) });
  return codec === "json" && protocol !== "grpc-web-text"
    ? Buffer.from(toJsonString(PlayStreamRequestSchema, request))
    : Buffer.from(toBinary(PlayStreamRequestSchema, request));
}

function encodeFurther(call: ScriptedCall, { script, dataSize, compressed, bytes }: FurtherMessage): Buffer {
  const plain = bytes === undefined ? encodeMessage(call, script, dataSize) : Buffer.from(bytes);
  if (!compressed || call.compression === undefined) return envelope(plain);
  return envelope(call.compression === "gzip" ? gzipSync(plain) : brotliCompressSync(plain), 1);
}

function apply(draft: Draft, change: Change, { protocol, codec, method }: ScriptedCall): void {
  if ("set" in change) {
    const [name] = change.set;
    draft.headers = [...withoutHeader(draft, name), change.set];
  } else if ("add" in change) draft.headers.push(change.add);
  else if ("remove" in change) draft.headers = withoutHeader(draft, change.remove);
  else if ("verb" in change) draft.verb = change.verb;
  else if ("path" in change) draft.path = change.path;
  else if ("flags" in change) draft.flags = change.flags;
  else if ("claim" in change) draft.claim = change.claim;
  else if ("compress" in change) {
    if (change.compress === "gzip") draft.message = gzipSync(draft.message);
    if (change.compress === "br") draft.message = brotliCompressSync(draft.message);
    if (change.compress !== "none") draft.flags |= 1;
    const name = encodingHeaderOf(protocol, isStreaming(method));
    draft.headers = [...withoutHeader(draft, name), [name, change.as]];
  } else if ("message" in change) draft.message = Buffer.from(change.message);
  else if ("append" in change) draft.tail = Buffer.from(change.append);
  else if ("shorten" in change) draft.shorten = change.shorten;
  else if ("messages" in change) draft.messages = change.messages;
  else if ("bodyless" in change) draft.bodyless = true;
  else if ("open" in change) draft.open = true;
  else draft.path += `?${queryOf(draft.message, codec, change.query)}`;
}

/** The query of a GET: the message itself, with whatever differs from what is usual. */
function queryOf(message: Buffer, codec: Codec, differing: Readonly<Record<string, string>>): string {
  const usual = { connect: "v1", base64: "1", encoding: codec, message: message.toString("base64url") };
  return new URLSearchParams({ ...usual, ...differing }).toString();
}

function withoutHeader({ headers }: Draft, name: string): (readonly [string, string])[] {
  return headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
}

function bodyOf({ message, flags, claim, messages, tail, shorten, bodyless }: Draft, call: ScriptedCall): Buffer {
  if (bodyless) return Buffer.alloc(0);
  const bare = call.protocol === "connect" && !isStreaming(call.method);
  const one = bare ? message : envelope(message, flags, claim);
  const further = call.more.map((message) => encodeFurther(call, message));
  const binary = Buffer.concat([...Array.from({ length: messages }, () => one), ...further, tail]);
  const body = call.protocol === "grpc-web-text" ? Buffer.from(binary.toString("base64")) : binary;
  return body.subarray(0, Math.max(0, body.length - shorten));
}

function cut(body: Buffer, lengths: readonly number[]): Buffer[] {
  if (lengths.length === 0) return body.length === 0 ? [] : [body];
  const chunks: Buffer[] = [];
  for (let start = 0, at = 0; start < body.length; at++) {
    // After many small chunks the rest comes in one, so that large bodies do not take for ever.
    const length = at < 300 ? (lengths[at % lengths.length] ?? 1) : body.length;
    chunks.push(body.subarray(start, start + length));
    start += length;
  }
  return chunks;
}

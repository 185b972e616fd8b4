import type { Registry } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import type { Direction, HeaderEntry, RecordedCall } from "@triptych/rpc-web";
import { bodyBytes } from "../body-bytes.ts";
import { type CallEntry, callEntry, urlWithoutSecrets, withoutSecretValues } from "./call-entry.ts";

/** What HAR has where something is not known. */
const UNKNOWN = -1;

/**
 * The calls as an HTTP Archive (HAR 1.2), which the network panels of browsers read. What HAR has no place for is in members that begin with
 * `_`: the call as `callEntry` gives it, and that the body of a request is in base64. A call over a WebSocket has no status of HTTP: 0.
 */
export async function toHar(calls: readonly RecordedCall[], types: Registry) {
  return {
    log: {
      version: "1.2",
      creator: { name: "Triptych", version: "1" },
      entries: await Promise.all(calls.map((call) => entry(call, types))),
    },
  };
}

async function entry(call: RecordedCall, types: Registry) {
  const { startedAt, sentAfter, respondedAfter } = call;
  const known = await callEntry(call, types);
  const end = lastMoment(call);
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: end,
    request: request(call, known),
    response: response(call, known),
    cache: {},
    // Only what was not waited for may be unknown.
    timings: {
      blocked: sentAfter ?? UNKNOWN,
      send: 0,
      wait: Math.max(0, (respondedAfter ?? end) - (sentAfter ?? 0)),
      receive: respondedAfter === undefined ? 0 : Math.max(0, end - respondedAfter),
    },
    _call: known,
  };
}

/** Milliseconds from the start of a call to its end, or to the last that is known of one that has none. */
function lastMoment({ endedAfter, respondedAfter, frames }: RecordedCall): number {
  return endedAfter ?? Math.max(0, respondedAfter ?? 0, frames.at(-1)?.at ?? 0);
}

function request(call: RecordedCall, known: CallEntry) {
  const url = urlWithoutSecrets(call.url);
  const query = new URL(url, window.location.href).searchParams;
  return {
    method: call.httpMethod,
    url,
    httpVersion: "unknown",
    cookies: [],
    headers: headers(call.requestHeaders),
    queryString: [...query].map(([name, value]) => ({ name, value })),
    headersSize: UNKNOWN,
    bodySize: call.sentBytes,
    postData: { mimeType: contentType(call.requestHeaders), ...body(call, known, "sent") },
  };
}

function response(call: RecordedCall, known: CallEntry) {
  return {
    status: call.httpStatus ?? 0,
    statusText: "",
    httpVersion: "unknown",
    cookies: [],
    headers: headers(call.responseHeaders),
    content: {
      size: call.receivedBytes,
      mimeType: contentType(call.responseHeaders),
      ...body(call, known, "received"),
    },
    redirectURL: "",
    headersSize: UNKNOWN,
    bodySize: call.receivedBytes,
  };
}

/** The body as text where it is JSON, else in base64; nothing but why where it is not kept whole or holds what looks secret. */
function body(call: RecordedCall, { frames }: CallEntry, direction: Direction) {
  if (frames.some((frame) => frame.direction === direction && frame.leftOut !== undefined))
    return { text: "", comment: "Left out: it holds what looks secret." };
  const bytes = bodyBytes(call, direction);
  if (bytes === undefined) return { text: "", comment: "Not kept whole." };
  const isText = call.framing === "body" && call.protocol === "connect-json";
  if (isText) return { text: new TextDecoder().decode(bytes) };
  // HAR has a name for that in responses alone.
  return { text: base64Encode(bytes), [direction === "sent" ? "_encoding" : "encoding"]: "base64" };
}

function headers(entries: readonly HeaderEntry[]) {
  return withoutSecretValues(entries).map(([name, value]) => ({ name, value }));
}

function contentType(entries: readonly HeaderEntry[]): string {
  return entries.find(([name]) => name === "content-type")?.[1] ?? "";
}

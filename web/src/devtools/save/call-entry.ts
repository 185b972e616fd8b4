import type { JsonValue, Registry } from "@bufbuild/protobuf";
import type { Decoded, HeaderEntry, RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { codeName } from "../../errors/code-name.ts";
import { looksSecret, messageWithoutSecrets } from "../../text/secrets.ts";
import { decodeWhole } from "../decode-whole.ts";

/** A frame as a file has it: what it says as JSON or text, or why that is not known. Times are milliseconds since the call began. */
export interface FrameEntry {
  readonly direction: "sent" | "received";
  readonly at: number;
  readonly meaning: string;
  readonly bytes: number;
  readonly message?: unknown;
  readonly text?: string;
  readonly notDecoded?: string;
  /** What of it looks secret and is left out, by name or path. */
  readonly leftOut?: readonly string[];
}

/** A call as a file has it. */
export interface CallEntry {
  readonly method: string;
  readonly protocol: string;
  readonly url: string;
  /** When it began, as ISO 8601. */
  readonly began: string;
  readonly state: string;
  readonly reason?: string;
  readonly status?: { readonly code: number; readonly name: string; readonly message: string };
  /** Milliseconds since it began. */
  readonly times: { readonly sent?: number; readonly responded?: number; readonly ended?: number };
  readonly requestHeaders: readonly HeaderEntry[];
  readonly responseHeaders: readonly HeaderEntry[];
  readonly trailers: readonly HeaderEntry[];
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** How many frames there were; of many, not all are kept. */
  readonly frameCount: number;
  readonly frames: readonly FrameEntry[];
}

/** What stands in the place of a header that looks like a proof of identity. */
export const LEFT_OUT = "(left out: it looks secret)";

/** The headers that may be passed on with a file. */
export function withoutSecretValues(headers: readonly HeaderEntry[]): readonly HeaderEntry[] {
  return headers.map(([name, value]) => [name, looksSecret(name, value) ? LEFT_OUT : value]);
}

/** An address whose query has no values that look secret. */
export function urlWithoutSecrets(address: string): string {
  const url = new URL(address, window.location.href);
  const secret = [...url.searchParams].filter(([name, value]) => looksSecret(name, value));
  if (secret.length === 0) return address;
  for (const [name] of secret) url.searchParams.set(name, LEFT_OUT);
  return url.href;
}

/** A call with what its frames say, but for what looks secret. */
export async function callEntry(call: RecordedCall, types: Registry): Promise<CallEntry> {
  const { status } = call;
  return {
    method: call.path,
    protocol: call.protocol,
    url: urlWithoutSecrets(call.url),
    began: new Date(call.startedAt).toISOString(),
    state: call.state,
    ...(call.reason !== undefined && { reason: call.reason }),
    ...(status !== undefined && { status: statusEntry(status) }),
    times: {
      ...(call.sentAfter !== undefined && { sent: call.sentAfter }),
      ...(call.respondedAfter !== undefined && { responded: call.respondedAfter }),
      ...(call.endedAfter !== undefined && { ended: call.endedAfter }),
    },
    requestHeaders: withoutSecretValues(call.requestHeaders),
    responseHeaders: withoutSecretValues(call.responseHeaders),
    trailers: withoutSecretValues(call.trailers),
    sentBytes: call.sentBytes,
    receivedBytes: call.receivedBytes,
    frameCount: call.sentFrames + call.receivedFrames,
    frames: await Promise.all(call.frames.map((frame) => frameEntry(frame, call, types))),
  };
}

function statusEntry({ code, message }: NonNullable<RecordedCall["status"]>) {
  return code === undefined ? { code: 0, name: "OK", message } : { code, name: codeName(code), message };
}

async function frameEntry(frame: RecordedFrame, call: RecordedCall, types: Registry): Promise<FrameEntry> {
  const { direction, at, meaning, length } = frame;
  return { direction, at, meaning, bytes: length, ...said(await decodeWhole(frame, call, types)) };
}

type Said = Pick<FrameEntry, "message" | "text" | "notDecoded" | "leftOut">;

function said(decoded: Decoded): Said {
  switch (decoded.kind) {
    case "json":
      return saidMessage(JSON.parse(decoded.text));
    case "text":
      return saidLines(decoded.text);
    case "unreadable":
      return { notDecoded: decoded.reason };
  }
}

function saidMessage(message: JsonValue): Said {
  const { kept, leftOut } = messageWithoutSecrets(withoutSecretMetadata(message));
  const names = [...secretMetadata(message), ...leftOut];
  return { message: kept, ...(names.length > 0 && { leftOut: names }) };
}

/** The end of a Connect stream has trailers as `metadata`, where their names count, too. */
function withoutSecretMetadata(message: JsonValue): JsonValue {
  const names = new Set(secretMetadata(message));
  if (names.size === 0 || !isObject(message) || !isObject(message.metadata)) return message;
  const entries = Object.entries(message.metadata).map(([name, value]) => [name, names.has(name) ? [LEFT_OUT] : value]);
  return { ...message, metadata: Object.fromEntries(entries) };
}

function secretMetadata(message: JsonValue): readonly string[] {
  if (!isObject(message) || !isObject(message.metadata)) return [];
  const isSecret = ([name, values]: [string, JsonValue]) =>
    Array.isArray(values) && values.some((value) => typeof value === "string" && looksSecret(name, value));
  return Object.entries(message.metadata)
    .filter(isSecret)
    .map(([name]) => name);
}

function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Headers or trailers, a line each. */
function saidLines(text: string): Said {
  const leftOut: string[] = [];
  const lines = text.split(/\r?\n/).map((line) => {
    const [name = "", ...rest] = line.split(":");
    if (rest.length === 0 || !looksSecret(name, rest.join(":").trim())) return line;
    leftOut.push(name);
    return `${name}: ${LEFT_OUT}`;
  });
  return { text: lines.join("\n"), ...(leftOut.length > 0 && { leftOut }) };
}

import { BinaryReader } from "@bufbuild/protobuf/wire";
import { Code } from "@connectrpc/connect";
import type { Protocol } from "./call-protocol.ts";
import { readEnvelopes } from "./envelope.ts";
import type { RawResponse } from "./raw-call.ts";

type Fields = readonly (readonly [name: string, value: string])[];

/** What a response says of its call, whatever the protocol. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The name of the status code, such as `not_found`; `ok` when there was no error. */
  readonly code: string;
  /** The message of the error. */
  readonly message: string;
  /** The details of the error: their types and bytes. */
  readonly details: readonly { readonly type: string; readonly value: Buffer }[];
  /** The messages, as bytes. */
  readonly messages: readonly Buffer[];
  /** The values of a name among the headers. */
  header(name: string): string[];
  /** The values of a name among the trailers. */
  trailer(name: string): string[];
  /** The values of a name among the trailers, or else the headers, where a call that fails before its first message may have them. */
  last(name: string): string[];
}

/**
 * Reads a response by the rules of its protocol alone, without the library.
 * @throws Error when it does not keep them.
 */
export function readAnswer(protocol: Protocol, isStream: boolean, response: RawResponse): Answer {
  if (!response.ending.startsWith("end")) throw new Error(`the response must end: ${response.ending}`);
  if (response.status !== 200 && protocol !== "connect") return bare(response);
  if (protocol === "connect") return isStream ? readConnectStream(response) : readConnectUnary(response);
  return protocol === "grpc" ? readGrpc(response) : readGrpcWeb(response, protocol === "grpc-web-text");
}

function readGrpc({ status, headers, body, trailers }: RawResponse): Answer {
  const end = trailers.some(([name]) => name === "grpc-status") ? trailers : headers;
  const envelopes = readEnvelopes(body);
  return { status, ...statusOf(end), messages: envelopes.map(({ data }) => data), ...metadata(headers, end) };
}

function readGrpcWeb({ status, headers, body }: RawResponse, isText: boolean): Answer {
  const bytes = isText ? decodeSegments(body.toString("latin1")) : body;
  const envelopes = readEnvelopes(bytes);
  const last = envelopes.at(-1);
  const inBody = last !== undefined && (last.flags & 0x80) !== 0;
  const end = inBody ? parseFields(last.data.toString("latin1")) : headers;
  const messages = (inBody ? envelopes.slice(0, -1) : envelopes).map(({ data }) => data);
  return { status, ...statusOf(end), messages, ...metadata(headers, end) };
}

/** Every segment of a text is padded for itself. */
function decodeSegments(text: string): Buffer {
  const quads = text.match(/.{4}/gs) ?? [];
  return Buffer.concat(quads.map((quad) => Buffer.from(quad, "base64")));
}

function parseFields(block: string): Fields {
  const lines = block.split("\r\n").filter((line) => line !== "");
  return lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
}

function statusOf(fields: Fields): Pick<Answer, "code" | "message" | "details"> {
  const [status, ...others] = valuesOf(fields, "grpc-status");
  if (status === undefined || others.length > 0) throw new Error("a call must end with one grpc-status");
  const [message = ""] = valuesOf(fields, "grpc-message");
  const [details] = valuesOf(fields, "grpc-status-details-bin");
  return {
    code: status === "0" ? "ok" : nameOf(Number(status)),
    message: decodeURIComponent(message),
    details: details === undefined ? [] : readDetails(Buffer.from(details, "base64")),
  };
}

/** Reads the details of a google.rpc.Status: its third field, each a google.protobuf.Any. */
function readDetails(bytes: Buffer): { type: string; value: Buffer }[] {
  const reader = new BinaryReader(bytes);
  const details: { type: string; value: Buffer }[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 3) details.push(readAny(reader.bytes()));
    else reader.skip(wireType);
  }
  return details;
}

function readAny(bytes: Uint8Array): { type: string; value: Buffer } {
  const reader = new BinaryReader(bytes);
  const any = { type: "", value: Buffer.alloc(0) };
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) any.type = reader.string().replace("type.googleapis.com/", "");
    else any.value = Buffer.from(reader.bytes());
  }
  return any;
}

interface ConnectError {
  readonly code: string;
  readonly message?: string;
  readonly details?: readonly { readonly type: string; readonly value: string }[];
}

function readConnectUnary({ status, headers, body }: RawResponse): Answer {
  const trailers = headers.filter(([name]) => name.startsWith("trailer-"));
  const end = trailers.map(([name, value]) => [name.slice("trailer-".length), value] as const);
  if (status === 200) {
    return { status, code: "ok", message: "", details: [], messages: [body], ...metadata(headers, end) };
  }
  const isJson = valuesOf(headers, "content-type").includes("application/json");
  if (!isJson) return bare({ status, headers, body, trailers: [], ending: "end" });
  return { status, ...connectError(JSON.parse(body.toString())), messages: [], ...metadata(headers, end) };
}

function readConnectStream({ status, headers, body, trailers, ending }: RawResponse): Answer {
  if (status !== 200) return bare({ status, headers, body, trailers, ending });
  const envelopes = readEnvelopes(body);
  const last = envelopes.pop();
  if (last === undefined || (last.flags & 2) === 0) throw new Error("a stream must end with an end-of-stream message");
  const { error, metadata: sent = {} } = JSON.parse(last.data.toString());
  const pairs = Object.entries<string[]>(sent).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
  const outcome = error === undefined ? { code: "ok", message: "", details: [] } : connectError(error);
  return { status, ...outcome, messages: envelopes.map(({ data }) => data), ...metadata(headers, pairs) };
}

function connectError({
  code,
  message = "",
  details = [],
}: ConnectError): Pick<Answer, "code" | "message" | "details"> {
  return {
    code,
    message,
    details: details.map(({ type, value }) => ({ type, value: Buffer.from(value, "base64") })),
  };
}

/** A response that speaks HTTP only. */
function bare({ status, headers, trailers }: RawResponse): Answer {
  return { status, code: `HTTP ${status}`, message: "", details: [], messages: [], ...metadata(headers, trailers) };
}

function metadata(headers: Fields, trailers: Fields): Pick<Answer, "header" | "trailer" | "last"> {
  const header = (name: string) => valuesOf(headers, name);
  const trailer = (name: string) => valuesOf(trailers, name);
  return { header, trailer, last: (name) => (trailer(name).length > 0 ? trailer(name) : header(name)) };
}

/** The values of a name, also those that were joined on their way. */
function valuesOf(fields: Fields, name: string): string[] {
  return fields.filter(([key]) => key.toLowerCase() === name).flatMap(([, value]) => value.split(", "));
}

function nameOf(status: number): string {
  const name = Code[status];
  if (name === undefined) throw new Error(`a status must be 0 to 16: got ${status}`);
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

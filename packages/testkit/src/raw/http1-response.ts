import type { RawResponse } from "./raw-call.ts";

type Fields = [name: string, value: string][];

/** What has come of a response, and how many bytes that took once it is complete. */
interface ReadResponse {
  readonly response: RawResponse;
  /** Undefined while something is missing. */
  readonly length: number | undefined;
}

/**
 * Reads a response of HTTP/1.1 from bytes that may hold less or more than it. Skips interim responses.
 * @throws Error when the bytes break the rules of HTTP.
 */
export function readHttp1Response(bytes: Buffer, closed: boolean): ReadResponse {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n\r\n", start);
    if (end === -1) return incomplete(0, [], Buffer.alloc(0), closed ? "no response" : "waiting for headers");
    const [line = "", ...fields] = bytes.toString("latin1", start, end).split("\r\n");
    const status = /^HTTP\/1\.1 (\d{3}) ?.*$/.exec(line)?.[1];
    if (status === undefined) throw new Error(`a response must begin with a status line: got ${JSON.stringify(line)}`);
    start = end + 4;
    if (!status.startsWith("1")) return readBody(bytes, start, Number(status), fields.map(readField), closed);
  }
}

function readBody(bytes: Buffer, start: number, status: number, headers: Fields, closed: boolean): ReadResponse {
  const value = (name: string) => headers.find(([key]) => key === name)?.[1];
  if (value("transfer-encoding") === "chunked") return readChunks(bytes, start, status, headers, closed);
  const declared = value("content-length");
  const bodyless = status === 204 || status === 304;
  if (declared === undefined && !bodyless) {
    const body = bytes.subarray(start);
    return closed ? complete(status, headers, body, [], bytes.length) : incomplete(status, headers, body, "waiting");
  }
  const length = bodyless ? 0 : Number.parseInt(declared ?? "", 10) || 0;
  const body = bytes.subarray(start, start + length);
  if (body.length < length) return incomplete(status, headers, body, closed ? "broken off" : "waiting");
  return complete(status, headers, body, [], start + length);
}

function readChunks(bytes: Buffer, start: number, status: number, headers: Fields, closed: boolean): ReadResponse {
  const chunks: Buffer[] = [];
  const missing = () => incomplete(status, headers, Buffer.concat(chunks), closed ? "broken off" : "waiting");
  for (let at = start; ; ) {
    const end = bytes.indexOf("\r\n", at);
    if (end === -1) return missing();
    const line = bytes.toString("latin1", at, end);
    if (!/^[\da-f]+$/i.test(line)) throw new Error(`a chunk must begin with its length: got ${JSON.stringify(line)}`);
    const length = Number.parseInt(line, 16);
    at = end + 2;
    if (length === 0) return readTrailers(bytes, at, status, headers, Buffer.concat(chunks)) ?? missing();
    if (bytes.length < at + length + 2) return missing();
    chunks.push(bytes.subarray(at, at + length));
    at += length + 2;
  }
}

function readTrailers(bytes: Buffer, at: number, status: number, headers: Fields, body: Buffer) {
  if (bytes.toString("latin1", at, at + 2) === "\r\n") return complete(status, headers, body, [], at + 2);
  const end = bytes.indexOf("\r\n\r\n", at);
  if (end === -1) return undefined;
  const trailers = bytes.toString("latin1", at, end).split("\r\n").map(readField);
  return complete(status, headers, body, trailers, end + 4);
}

function readField(line: string): [name: string, value: string] {
  const match = /^([^:\s]+): ?(.*)$/.exec(line);
  if (match === null) throw new Error(`a header must have a name and a value: got ${JSON.stringify(line)}`);
  return [(match[1] ?? "").toLowerCase(), match[2] ?? ""];
}

function complete(status: number, headers: Fields, body: Buffer, trailers: Fields, length: number): ReadResponse {
  return { response: { status, headers, body, trailers, ending: "end" }, length };
}

function incomplete(status: number, headers: Fields, body: Buffer, ending: string): ReadResponse {
  return { response: { status, headers, body, trailers: [], ending }, length: undefined };
}

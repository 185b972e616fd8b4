import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { trailerFlag, trailerParse } from "@connectrpc/connect/protocol-grpc-web";
import { createBase64Decoder, MalformedBase64 } from "@triptych/rpc/carriers/web-text/base64-decoder.ts";

const TEXT = /^\s*application\/grpc-web-text(\+proto)?\s*(;|$)/i;
const BINARY = /^\s*application\/grpc-web(\+proto)?\s*(;|$)/i;
const BINARY_TYPE = "application/grpc-web+proto";
const TEXT_TYPE = "application/grpc-web-text+proto";

/** A gRPC-Web call of which the request, the response or both are in base64. */
export interface TextCall {
  /** The request as the binary mode has it. */
  readonly request: UniversalServerRequest;
  /** Makes the headers that go out before the body those of the response's mode. */
  prepareHeader(header: Headers): void;
  /** The response in its mode; HTTP 400 when the request was no base64 and nothing has been sent yet. */
  encode(response: UniversalServerResponse): Promise<UniversalServerResponse>;
}

/**
 * Reads a request in text mode, or one whose `accept` names it; undefined for any other. The response is text then; each of
 * its frames is a padded run of base64, because a client decodes only what is complete.
 */
export function readTextCall(request: UniversalServerRequest): TextCall | undefined {
  const contentType = request.header.get("content-type") ?? "";
  const isText = TEXT.test(contentType);
  if (!isText && !(BINARY.test(contentType) && acceptsText(request.header))) return undefined;
  const header = new Headers(request.header);
  // Compression would have to be undone before every segment that a client reads.
  header.delete("grpc-accept-encoding");
  if (isText) header.set("content-type", BINARY_TYPE);
  // The mode says that the body is a stream of bytes.
  const body = isText ? decodeBody(request.body as AsyncIterable<Uint8Array>) : undefined;
  let hasHeader = false;
  return {
    request: { ...request, header, ...(body && { body: body.bytes }) },
    prepareHeader(sent) {
      hasHeader = true;
      sent.set("content-type", TEXT_TYPE);
    },
    async encode(response) {
      const failure = hasHeader ? undefined : body?.failure();
      return failure === undefined ? encode(response, hasHeader) : badRequest(response, failure);
    },
  };
}

function acceptsText(header: Headers): boolean {
  return (header.get("accept") ?? "").split(",").some((type) => TEXT.test(type));
}

function decodeBody(body: AsyncIterable<Uint8Array>) {
  let failure: MalformedBase64 | undefined;
  async function* decode(): AsyncGenerator<Uint8Array> {
    const decoder = createBase64Decoder();
    try {
      for await (const chunk of body) yield decoder.decode(chunk);
      decoder.finish();
    } catch (error) {
      if (!(error instanceof MalformedBase64)) throw error;
      failure = error;
      throw new ConnectError(error.message, Code.InvalidArgument);
    }
  }
  return { bytes: decode(), failure: () => failure };
}

async function encode(response: UniversalServerResponse, hasHeader: boolean): Promise<UniversalServerResponse> {
  if (response.body === undefined || response.status !== 200) return response;
  const header = new Headers(response.header);
  header.set("content-type", TEXT_TYPE);
  const frames = response.body[Symbol.asyncIterator]();
  if (hasHeader) return { ...response, header, body: segments(frames) };
  const first = await frames.next();
  if (first.done || !isTrailer(first.value)) return { ...response, header, body: segments(frames, first) };
  // A response that is over before its first message has its status in the headers, which CORS lets pages of others read.
  for (const [key, value] of trailerParse(first.value.subarray(5))) header.set(key, value);
  return { ...response, header, body: segments(frames) };
}

function isTrailer(frame: Uint8Array): boolean {
  return ((frame[0] ?? 0) & trailerFlag) !== 0;
}

async function* segments(
  frames: AsyncIterator<Uint8Array>,
  first?: IteratorResult<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first ?? (await frames.next()); !next.done; next = await frames.next()) {
      const { buffer, byteOffset, length } = next.value;
      yield Buffer.from(Buffer.from(buffer, byteOffset, length).toString("base64"), "latin1");
    }
  } finally {
    await frames.return?.();
  }
}

function badRequest(response: UniversalServerResponse, reason: Error): UniversalServerResponse {
  async function* explain() {
    await response.body?.[Symbol.asyncIterator]().return?.();
    yield Buffer.from(`${reason.message}\n`);
  }
  return { status: 400, header: new Headers({ "content-type": "text/plain; charset=utf-8" }), body: explain() };
}

import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import type {
  Compression,
  UniversalHandler,
  UniversalServerRequest,
  UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import { codeToHttpStatus, errorToJsonBytes } from "@connectrpc/connect/protocol-connect";
import { type CheckMessage, type RequestReading, readEnvelopes, readWhole } from "./read-request.ts";
import type { RequestBytes } from "./request-bytes.ts";

/** How the request messages of a handler are guarded. */
export interface GuardOptions {
  readonly requestBytes: RequestBytes;
  /** The largest message in bytes. */
  readonly maxMessageBytes: number;
  readonly compressions: readonly Compression[];
  /** Looks at a message in protobuf; those in JSON are looked at where they are decoded. */
  readonly check: CheckMessage;
}

const CONNECT_UNARY = /^application\/(?:proto|json)\b/i;
const JSON_TYPE = /[+/]json\b/i;

/**
 * Has every request message of a Connect handler checked before it is parsed, after it was decompressed, and counted in `requestBytes` as
 * long as it is not complete. A call with GET whose message cannot be read is answered with INVALID_ARGUMENT.
 */
export function guardMessages(handler: UniversalHandler, options: GuardOptions): UniversalHandler {
  const guarded = async (request: UniversalServerRequest): Promise<UniversalServerResponse> => {
    if (request.method === "GET" && handler.allowedMethods.includes("GET")) return handleGet(handler, request, options);
    const { body } = request;
    if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) return handler(request);
    return handler(guardRequest(request, body, options));
  };
  return Object.assign(guarded, handler);
}

function guardRequest(
  request: UniversalServerRequest,
  body: AsyncIterable<Uint8Array>,
  { requestBytes, maxMessageBytes, compressions, check }: GuardOptions,
): UniversalServerRequest {
  const { header } = request;
  const contentType = header.get("content-type") ?? "";
  const isUnary = CONNECT_UNARY.test(contentType);
  const encoding = header.get(encodingHeader(contentType, isUnary));
  const compression = compressions.find(({ name }) => name === encoding);
  const isKnown = compression !== undefined || encoding === null || encoding === "identity";
  // What is compressed in an unknown way is refused before it is read.
  const isChecked = isKnown && !JSON_TYPE.test(contentType);
  const reading: RequestReading = { requestBytes, maxMessageBytes, compression, check: isChecked ? check : undefined };
  if (!isUnary) return { ...request, body: readEnvelopes(body, reading) };
  const promised = lengthOf(header);
  const isDecompressed = isChecked && compression !== undefined;
  return {
    ...request,
    header: isDecompressed ? headerOfDecompressed(header) : header,
    body: readWhole(body, promised, reading),
  };
}

function lengthOf(header: Headers): number | undefined {
  const length = header.get("content-length") ?? "";
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function encodingHeader(contentType: string, isUnary: boolean): string {
  if (isUnary) return "content-encoding";
  return contentType.toLowerCase().startsWith("application/grpc") ? "grpc-encoding" : "connect-content-encoding";
}

/** Who sends something compressed and does not say what it takes is answered with the same. */
function headerOfDecompressed(header: Headers): Headers {
  const changed = new Headers(header);
  if (!changed.has("accept-encoding")) changed.set("accept-encoding", header.get("content-encoding") ?? "");
  changed.delete("content-encoding");
  changed.delete("content-length");
  return changed;
}

async function handleGet(
  handler: UniversalHandler,
  request: UniversalServerRequest,
  options: GuardOptions,
): Promise<UniversalServerResponse> {
  let url: string;
  try {
    url = await checkedUrl(new URL(request.url), options);
  } catch (error) {
    return refuseUnary(ConnectError.from(error, Code.InvalidArgument));
  }
  return handler({ ...request, url });
}

/** The address of a call with GET, its message decompressed when it is in protobuf. */
async function checkedUrl(url: URL, { maxMessageBytes, compressions, check }: GuardOptions): Promise<string> {
  const query = url.searchParams;
  const message = query.get("message") ?? "";
  if (query.get("base64") !== "1") return url.href;
  const bytes = decodeBase64(message);
  if (query.get("encoding") !== "proto") return url.href;
  const compression = compressions.find(({ name }) => name === query.get("compression"));
  if (compression === undefined) {
    if ((query.get("compression") ?? "identity") === "identity") check(bytes);
    return url.href;
  }
  const decompressed = await compression.decompress(bytes, maxMessageBytes);
  check(decompressed);
  query.delete("compression");
  query.set("message", base64Encode(decompressed));
  return url.href;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return base64Decode(text);
  } catch {
    throw new ConnectError("the parameter message must be base64, as base64=1 says", Code.InvalidArgument);
  }
}

/** Answers a unary call of Connect with an error. */
function refuseUnary(error: ConnectError): UniversalServerResponse {
  const body = errorToJsonBytes(error, undefined);
  return {
    status: codeToHttpStatus(error.code),
    header: new Headers({ "content-type": "application/json", "content-length": String(body.length) }),
    body: only(body),
  };
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

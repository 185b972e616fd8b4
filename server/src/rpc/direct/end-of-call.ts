import type { OutgoingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { createEndStreamSerialization, endStreamFlag } from "@connectrpc/connect/protocol-connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { trailerFlag, trailerSerialize } from "@connectrpc/connect/protocol-grpc-web";
import { isFramingHeader } from "../connection-headers.ts";
import { relaxGrpcMessage } from "../grpc-message.ts";
import { wellFormedError } from "../well-formed.ts";
import type { DirectCall } from "./direct-call.ts";
import { envelope } from "./envelope.ts";
import type { LazyHeaders } from "./lazy-headers.ts";

/** How a call ends on the wire: with a last envelope of its body, or with trailers of HTTP/2. */
export interface EndOfCall {
  readonly frame: { readonly flags: number; readonly data: Uint8Array } | undefined;
  readonly trailers: OutgoingHttpHeaders | undefined;
}

const endStream = createEndStreamSerialization(undefined);

const GRPC_OK = { "grpc-status": "0" };
const WEB_OK = { flags: trailerFlag, data: new TextEncoder().encode("grpc-status: 0\r\n") };
const CONNECT_OK = { flags: endStreamFlag, data: new TextEncoder().encode("{}") };

/** The end of every call that went well and whose trailers nobody has changed, by protocol. */
const ok = {
  grpc: { frame: undefined, trailers: GRPC_OK },
  "grpc-web": { frame: WEB_OK, trailers: undefined },
  connect: { frame: CONNECT_OK, trailers: undefined },
} as const;

/** The last envelopes of those calls, ready to be sent. */
export const okEnvelopes = {
  grpc: undefined,
  "grpc-web": envelope(WEB_OK.flags, WEB_OK.data),
  connect: envelope(CONNECT_OK.flags, CONNECT_OK.data),
} as const;

/** How a call with envelopes ends that went well (no error) or failed. */
export function endOfCall({ format, responseTrailer }: DirectCall, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && responseTrailer.changed === undefined) return ok[format.protocol];
  const metadata = responseTrailer.all;
  if (format.protocol === "connect") {
    return {
      frame: { flags: endStreamFlag, data: endStream.serialize({ metadata, ...(error && { error }) }) },
      trailers: undefined,
    };
  }
  if (error !== undefined) setTrailerStatus(metadata, error);
  if (format.protocol === "grpc-web") {
    return { frame: { flags: trailerFlag, data: trailerSerialize(metadata) }, trailers: undefined };
  }
  relaxGrpcMessage(metadata);
  return { frame: undefined, trailers: sendable(metadata) };
}

/** The trailers of a gRPC or gRPC-Web call that went well (no error) or failed. */
export function finalTrailers({ responseTrailer }: DirectCall, error: ConnectError | undefined): Headers {
  return error === undefined ? responseTrailer.all : setTrailerStatus(responseTrailer.all, error);
}

/** What clients are told of whatever a call failed with, well-formed: what is no `ConnectError` is not for them. */
export function errorForClients(error: unknown): ConnectError {
  if (error instanceof ConnectError) return wellFormedError(error);
  return new ConnectError("internal error", Code.Internal, undefined, undefined, error);
}

/** What Node takes for the value of a header, which is less than `Headers` does. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers as Node sends them, without those that frame the body. TypeError for a value that HTTP has no way to carry. */
export function sendable(headers: Headers): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const [name, value] of headers) {
    if (isFramingHeader(name)) continue;
    if (!SENDABLE.test(value)) throw new TypeError(`the header ${name} has characters that HTTP does not carry`);
    const known = sent[name];
    // A cookie is the one header that comes more than once.
    sent[name] = known === undefined ? value : [known, value].flat().map(String);
  }
  return sent;
}

/** The headers of an answer as they are now: those nobody has changed are shared by all calls. */
export function headersNow(headers: LazyHeaders, unchanged: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return headers.changed === undefined ? unchanged : sendable(headers.changed);
}

import type { IncomingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { type Compression, compressionNegotiate } from "@connectrpc/connect/protocol";
import { parseTimeout as parseConnectTimeout } from "@connectrpc/connect/protocol-connect";
import { parseTimeout as parseGrpcTimeout } from "@connectrpc/connect/protocol-grpc";
import { TextMemory } from "../text-memory.ts";
import type { WireFormat } from "./wire-format.ts";

/** What the headers of a call ask for. */
export interface CallOptions {
  /** Milliseconds until the deadline, 0 for one that has passed; undefined when there is none. */
  readonly timeoutMs: number | undefined;
  /** What messages of the request that say so are compressed with. */
  readonly requestCompression: Compression | undefined;
  /** What larger messages of the response are compressed with. */
  readonly responseCompression: Compression | undefined;
  /** What is wrong with the headers themselves; the call ends with it before its body is read. */
  readonly error: ConnectError | undefined;
}

/** Reads the options of a call from its headers; `requested` is the compression of a request that names it elsewhere. */
export type OptionsReader = (
  format: WireFormat,
  headers: IncomingHttpHeaders,
  requested?: string | null,
) => CallOptions;

/** What options are read against. */
export interface OptionsReaderSettings {
  readonly compressions: readonly Compression[];
  /** The longest timeout a client may ask for, in milliseconds; a longer one is INVALID_ARGUMENT. */
  readonly maxTimeoutMs: number;
}

const NO_OPTIONS: CallOptions = Object.freeze({
  timeoutMs: undefined,
  requestCompression: undefined,
  responseCompression: undefined,
  error: undefined,
});

/** Creates a reader of options. Most calls ask for nothing, and share one object that says so. */
export function createOptionsReader({ compressions, maxTimeoutMs }: OptionsReaderSettings): OptionsReader {
  const negotiate = rememberNegotiations(compressions);
  return (format, headers, requested = textOf(headers[format.encodingHeader])) => {
    const accepted = format.compressible ? textOf(headers[format.acceptHeader]) : null;
    const timeout = textOf(headers[format.timeoutHeader]);
    if (requested === null && accepted === null && timeout === null) return NO_OPTIONS;
    const { request, response, error } = negotiate(requested, accepted, format);
    const deadline = readTimeout(format, timeout, maxTimeoutMs);
    return {
      timeoutMs: deadline.timeoutMs,
      requestCompression: request ?? undefined,
      responseCompression: format.compressible ? (response ?? undefined) : undefined,
      error: error ?? deadline.error,
    };
  };
}

function textOf(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

function readTimeout({ timeoutHeader }: WireFormat, value: string | null, maxTimeoutMs: number) {
  const parse = timeoutHeader === "grpc-timeout" ? parseGrpcTimeout : parseConnectTimeout;
  return value === null ? NO_TIMEOUT : parse(value, maxTimeoutMs);
}

const NO_TIMEOUT: ReturnType<typeof parseGrpcTimeout> = {};

/** Connect's negotiation, remembered by what clients ask for. An error is made again each time: it carries metadata. */
function rememberNegotiations(compressions: readonly Compression[]) {
  const available = [...compressions];
  const remembered = new TextMemory<ReturnType<typeof compressionNegotiate>>();
  return (requested: string | null, accepted: string | null, { acceptHeader }: WireFormat) => {
    const key = JSON.stringify([requested, accepted]);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const negotiated = compressionNegotiate(available, requested, accepted, acceptHeader);
    if (negotiated.error === undefined) remembered.set(key, negotiated);
    return negotiated;
  };
}

/** The error of a call whose deadline has passed. */
export function deadlineExceeded(): ConnectError {
  return new ConnectError("the operation timed out", Code.DeadlineExceeded);
}

import type { IncomingHttpHeaders } from "node:http";
import type { Compression } from "@connectrpc/connect/protocol";
import type { WireFormat } from "./wire-format.ts";

/** What the headers of a call ask for. */
export interface CallTerms {
  /** Milliseconds until the deadline; undefined means that there is none. */
  readonly timeoutMs: number | undefined;
  /** What larger messages of the answer are compressed with. */
  readonly compression: Compression | undefined;
}

/** The longest delay a timer of the runtime can hold. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** The longest whole number of seconds of it: what `clampTimeout` makes of a longer timeout of gRPC. */
const MAX_GRPC_TIMEOUT_MS = Math.floor(MAX_TIMEOUT_MS / 1_000) * 1_000;

const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };
const GRPC_TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const CONNECT_TIMEOUT = /^\d{1,10}$/;

/** Reads the terms of calls; undefined for those that the library has to read: compressed, or with a timeout that is none. */
export function createTermsReader(compressions: readonly Compression[]) {
  const compressionOf = createNegotiation(compressions);
  return (format: WireFormat, headers: IncomingHttpHeaders): CallTerms | undefined => {
    const encoding = headers[format.encodingHeader];
    if (encoding !== undefined && encoding !== "identity") return undefined;
    const compression = compressionOf(headers[format.acceptHeader]);
    const timeout = headers[format.timeoutHeader];
    if (timeout === undefined) return compression === undefined ? NO_TERMS : { timeoutMs: undefined, compression };
    const timeoutMs = typeof timeout === "string" ? parseTimeout(format, timeout) : undefined;
    return timeoutMs === undefined ? undefined : { timeoutMs, compression };
  };
}

const NO_TERMS: CallTerms = { timeoutMs: undefined, compression: undefined };

/** Milliseconds above 0; undefined for what is no timeout, or is over before the call starts. */
function parseTimeout({ timeoutHeader }: Pick<WireFormat, "timeoutHeader">, value: string): number | undefined {
  const milliseconds = timeoutHeader === "grpc-timeout" ? parseGrpcTimeout(value) : parseConnectTimeout(value);
  return milliseconds !== undefined && milliseconds > 0 ? milliseconds : undefined;
}

/** The timeout of a call in milliseconds; undefined when it has none. */
export function timeoutOf(header: Headers): number | undefined {
  const isGrpc = header.get("content-type")?.startsWith("application/grpc") === true;
  const timeoutHeader = isGrpc ? "grpc-timeout" : "connect-timeout-ms";
  return parseTimeout({ timeoutHeader }, header.get(timeoutHeader) ?? "");
}

function parseGrpcTimeout(value: string): number | undefined {
  const match = GRPC_TIMEOUT.exec(value);
  if (match === null) return undefined;
  const milliseconds = (UNIT_MS[match[2] ?? ""] ?? 0) * Number(match[1]);
  return milliseconds > MAX_TIMEOUT_MS ? MAX_GRPC_TIMEOUT_MS : milliseconds;
}

function parseConnectTimeout(value: string): number | undefined {
  return CONNECT_TIMEOUT.test(value) ? Math.min(Number(value), MAX_TIMEOUT_MS) : undefined;
}

/** How many values of `accept-encoding` are remembered: clients send few, but may send anything. */
const MAX_REMEMBERED = 256;

/** The first compression that a client takes and we have, remembered by what the client says. */
function createNegotiation(compressions: readonly Compression[]) {
  const remembered = new Map<string, Compression | undefined>();
  return (accepted: string | string[] | undefined): Compression | undefined => {
    if (accepted === undefined || accepted === "") return undefined;
    const names = Array.isArray(accepted) ? accepted.join(", ") : accepted;
    if (remembered.has(names)) return remembered.get(names);
    const found = names
      .split(",")
      .map((name) => compressions.find((compression) => compression.name === name.trim()))
      .find((compression) => compression !== undefined);
    if (remembered.size < MAX_REMEMBERED) remembered.set(names, found);
    return found;
  };
}

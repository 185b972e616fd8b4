import type { IncomingHttpHeaders } from "node:http";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { ConnectError } from "@connectrpc/connect";
import type { CallOptions, OptionsReader } from "../protocols/call-options.ts";
import { parseContentType as parseConnectType } from "../protocols/connect/content-type.ts";
import { checkVersionHeader, checkVersionParameter } from "../protocols/connect/protocol-version.ts";
import { readQuery } from "../protocols/connect/query.ts";
import { parseContentType as parseGrpcType } from "../protocols/grpc/content-type.ts";
import { parseContentType as parseGrpcWebType } from "../protocols/grpc-web/content-type.ts";
import { isCall, rejection, unknownMethod } from "../protocols/reject.ts";
import type { ProtocolName, WireFormat } from "../protocols/wire-format.ts";
import { TextMemory } from "../text-memory.ts";
import type { Method } from "./method.ts";
import type { WholeResponse } from "./response-writer.ts";

/** A request as far as its head says. */
export interface RequestLine {
  readonly verb: string;
  /** The target, query included. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether it came over HTTP/1.1, on which no call streams both ways. */
  readonly isHttp1: boolean;
}

/** Where a request leads: to a method, or to a response that is known from the head alone. */
export type Route = MethodRoute | { readonly response: WholeResponse };

/** A call of a method. */
export interface MethodRoute {
  readonly method: Method;
  readonly format: WireFormat;
  readonly options: CallOptions;
  readonly contentType: string;
  /** The message of a call whose query carries it; undefined where the body does. */
  readonly queryMessage: Uint8Array | undefined;
}

/** What routes are found among. */
export interface RouterOptions {
  readonly methods: ReadonlyMap<string, Method>;
  readonly readOptions: OptionsReader;
  /** What stands before the path of every method; empty for nothing. */
  readonly pathPrefix: string;
  /** The protocols that are served: the content types of all others are unsupported. */
  readonly protocols: ReadonlySet<ProtocolName>;
  /** Whether calls of Connect must name its version. */
  readonly requireConnectProtocolHeader: boolean;
}

/** Creates what finds the route of a request; undefined for one that is no call. */
export function createRouter(options: RouterOptions) {
  const { methods, readOptions, pathPrefix, protocols, requireConnectProtocolHeader } = options;
  const byPath = new Map([...methods].map(([path, method]) => [pathPrefix + path, method]));
  const formatOf = rememberFormats();
  const needsVersion = ({ protocol }: WireFormat) => requireConnectProtocolHeader && protocol === "connect";

  function routeQuery(method: Method, query: string, headers: IncomingHttpHeaders): Route {
    const { format, compression, message } = readQuery(query);
    if (format === undefined || method.desc.methodKind !== "unary") return unsupportedType;
    const options = readOptions(format, headers, compression);
    const isBad = message instanceof ConnectError;
    const badVersion = requireConnectProtocolHeader ? checkVersionParameter(query) : undefined;
    return {
      method,
      format,
      options: withError(options, badVersion ?? (isBad ? message : undefined)),
      contentType: format.contentType,
      queryMessage: isBad ? NO_BYTES : message,
    };
  }

  return ({ verb, target, headers, isHttp1 }: RequestLine): Route | undefined => {
    const mark = target.indexOf("?");
    const path = mark < 0 ? target : target.slice(0, mark);
    const method = byPath.get(path);
    const contentType = headers["content-type"] ?? "";
    if (method === undefined) {
      if (!isCall(verb, path.startsWith(pathPrefix) ? path.slice(pathPrefix.length) : path, contentType))
        return undefined;
      return { response: rejection(contentType, unknownMethod(path)) };
    }
    if (isHttp1 && method.desc.methodKind === "bidi_streaming") return needsHttp2;
    const isQuery = verb === "GET" && isSafe(method) && protocols.has("connect");
    if (verb !== "POST" && !isQuery) return isSafe(method) ? needsGetOrPost : needsPost;
    if (isQuery && !isOwnType(contentType)) return unsupportedType;
    if (isQuery) return routeQuery(method, mark < 0 ? "" : target.slice(mark + 1), headers);
    const format = formatOf(method, contentType, headers.accept);
    if (format === undefined || !protocols.has(format.protocol)) return unsupportedType;
    const options = readOptions(format, headers);
    const badVersion = needsVersion(format) ? checkVersionHeader(headers) : undefined;
    return { method, format, options: withError(options, badVersion), contentType, queryMessage: undefined };
  };
}

function withError(options: CallOptions, error: ConnectError | undefined): CallOptions {
  return error === undefined ? options : { ...options, error: options.error ?? error };
}

const NO_BYTES = new Uint8Array(0);

function httpError(status: number, headers: WholeResponse["headers"] = {}): { readonly response: WholeResponse } {
  return { response: { status, headers, body: undefined, trailers: undefined } };
}

const unsupportedType = httpError(415);
const needsPost = httpError(405, { allow: "POST" });
const needsGetOrPost = httpError(405, { allow: "GET, POST" });
/** A client that waits for both directions at once might wait for ever, unless its connection ends. */
const needsHttp2 = httpError(505, { connection: "close" });

function isSafe({ desc }: Method): boolean {
  return desc.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
}

/** Whether the content type of a GET, which needs none, is one of Connect's unary calls. */
function isOwnType(contentType: string): boolean {
  return contentType === "" || parseConnectType(contentType, true) !== undefined;
}

/** The format of a content type for a method, remembered. */
function rememberFormats() {
  const remembered = {
    unary: new TextMemory<WireFormat | undefined>(),
    stream: new TextMemory<WireFormat | undefined>(),
  };
  return ({ desc }: Method, contentType: string, accept: string | undefined): WireFormat | undefined => {
    // With this header the format is not a matter of the content type alone.
    if (accept?.includes("grpc-web-text")) return parseType(contentType, desc.methodKind === "unary", accept);
    const known = desc.methodKind === "unary" ? remembered.unary : remembered.stream;
    const format = known.get(contentType);
    if (format !== undefined || known.has(contentType)) return format;
    const parsed = parseType(contentType, desc.methodKind === "unary", undefined);
    known.set(contentType, parsed);
    return parsed;
  };
}

function parseType(contentType: string, isUnary: boolean, accept: string | undefined): WireFormat | undefined {
  return parseGrpcType(contentType) ?? parseGrpcWebType(contentType, accept) ?? parseConnectType(contentType, isUnary);
}

import { type DescMethod, type Registry, toJsonString } from "@bufbuild/protobuf";
import { type ConnectRouterOptions, createConnectRouter, type Interceptor } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { type AnyMethod, guardMethod } from "./guard-method.ts";
import { limitSilence } from "./limit-silence.ts";
import { boundDecompression } from "./messages/bound-decompression.ts";
import { encodeJson } from "./messages/encode-json.ts";
import { guardMessages } from "./messages/guard-messages.ts";
import { createMessageCodec } from "./messages/message-codec.ts";
import { DEFAULT_MAX_BUFFERED_BYTES, RequestBytes } from "./messages/request-bytes.ts";
import type { RunningHandlers } from "./running-handlers.ts";
import type { ServiceRoute } from "./service-route.ts";
import { wellFormedErrors } from "./well-formed-errors.ts";

/** The handlers of all methods, by their paths such as `/package.Service/Method`. */
export type Methods = ReadonlyMap<string, UniversalHandler>;

/** The compressions that clients may use, the one that we like best first. */
export const compressions = [compressionGzip, compressionBrotli].map(boundDecompression);

/** How long a client may send nothing of the only message of a call, in milliseconds, unless something else is set. */
export const DEFAULT_SILENCE_LIMIT_MS = 30_000;

/** What methods are made of. */
export interface MethodOptions {
  readonly routes: readonly ServiceRoute[];
  /** Run for every call, the first one outermost. */
  readonly interceptors: readonly Interceptor[];
  /** The largest request message, in bytes, after decompression; a larger one is RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  /** The most elements of a request message: fields, items, entries, values; `DEFAULT_MAX_ELEMENTS` unless given. */
  readonly maxMessageElements?: number;
  /** Told of each message that has too many elements. */
  readonly onTooManyElements?: () => void;
  /** Knows the messages that a google.protobuf.Any may hold where it is read or written as JSON; none unless given. */
  readonly registry?: Registry;
  /** Where the bytes of incomplete messages count; with a limit of its own unless given. */
  readonly requestBytes?: RequestBytes;
  /**
   * How long a client may send nothing of the only message of a call, in milliseconds; then the call is DEADLINE_EXCEEDED, as it is at its
   * deadline. `DEFAULT_SILENCE_LIMIT_MS` unless given.
   */
  readonly silenceLimitMs?: number;
  /** Aborted, with a ConnectError, when the server starts to drain: no new calls, and streams end with that error. */
  readonly draining: AbortSignal;
}

/** Makes the handlers of all methods, guarded and counted. Throws when a method has no implementation. */
export function createMethods(options: MethodOptions, running: RunningHandlers): Methods {
  const router = createConnectRouter({
    interceptors: [wellFormedErrors, ...options.interceptors],
    readMaxBytes: options.maxMessageBytes,
    acceptCompression: compressions,
  });
  const handlerOf = guardedHandlers(options);
  for (const { service, implementation } of options.routes) {
    for (const method of service.methods) {
      // A drain lets unary calls finish, so only streams hear of it.
      const streamOptions = method.methodKind === "unary" ? {} : { shutdownSignal: options.draining };
      const guarded = guardMethod(method, implementationOf(implementation, method), running);
      // The library's type of an implementation needs to know the kind of method, which only the descriptor does here.
      router.rpc(method, guarded as never, { ...streamOptions, jsonOptions: jsonOptionsOf(method, options) });
    }
  }
  return new Map(router.handlers.map((handler) => [handler.requestPath, handlerOf(handler)]));
}

/** Guards what handlers of the library read. */
function guardedHandlers(options: MethodOptions): (handler: UniversalHandler) => UniversalHandler {
  const { maxMessageBytes, silenceLimitMs = DEFAULT_SILENCE_LIMIT_MS } = options;
  const { requestBytes = new RequestBytes({ maxBufferedBytes: DEFAULT_MAX_BUFFERED_BYTES }) } = options;
  return (handler) => {
    const { checkBinary } = createMessageCodec(handler.method, options);
    const guard = { requestBytes, maxMessageBytes, compressions, check: checkBinary };
    return limitSilence(guardMessages(handler, guard), silenceLimitMs);
  };
}

type JsonOptions = NonNullable<ConnectRouterOptions["jsonOptions"]> & {
  readonly textDecoder: { decode(bytes: Uint8Array): string };
  readonly textEncoder: { encode(text: string): Uint8Array<ArrayBuffer> };
};

/** Has the library decode the JSON of requests by our codec: what it then parses is as ProtoJSON is written, and within the bounds. */
function jsonOptionsOf(method: DescMethod, options: MethodOptions): JsonOptions {
  const { registry } = options;
  const written = registry && { registry };
  const input = createMessageCodec(method, options).getI(false);
  const decode = (bytes: Uint8Array) => toJsonString(method.input, input.parse(bytes), written);
  return { ...written, textDecoder: { decode }, textEncoder: { encode: encodeJson } };
}

/** The implementation of a method, bound to the object that it is a method of. */
export function implementationOf(implementation: ServiceRoute["implementation"], method: DescMethod): AnyMethod {
  // Complete by the type that serviceRoute checked; here the service is no longer known.
  const methods = implementation as Readonly<Record<string, AnyMethod | undefined>>;
  const call = methods[method.localName];
  if (call === undefined) throw new Error(`${method.parent.typeName}/${method.name} has no implementation`);
  return call.bind(implementation);
}

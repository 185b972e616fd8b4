import type { DescMethod } from "@bufbuild/protobuf";
import { createConnectRouter, type Interceptor } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import type { RunningHandlers } from "@triptych/rpc/call/running-handlers.ts";
import type { ServiceRoute } from "@triptych/rpc/call/service-route.ts";
import { type AnyMethod, guardMethod } from "./guard-method.ts";
import { limitSilence } from "./limit-silence.ts";

/** The handlers of all methods, by their paths such as `/package.Service/Method`. */
export type Methods = ReadonlyMap<string, UniversalHandler>;

/** The compressions that clients may use, the one that we like best first. */
const compressions = [compressionGzip, compressionBrotli];

/** How long a client may send nothing of the only message of a call, in milliseconds, unless something else is set. */
const DEFAULT_SILENCE_LIMIT_MS = 30_000;

/** What methods are made of. */
export interface MethodOptions {
  readonly routes: readonly ServiceRoute[];
  /** Run for every call, the first one outermost. */
  readonly interceptors: readonly Interceptor[];
  /** The largest request message, in bytes, after decompression; a larger one is RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  /**
   * How long a client may send nothing of the only message of a call, in milliseconds; then the call is DEADLINE_EXCEEDED, as it is at its
   * deadline. `DEFAULT_SILENCE_LIMIT_MS` unless given.
   */
  readonly silenceLimitMs?: number;
  /** Aborted, with a ConnectError, when the server starts to drain: no new calls, and streams end with that error. */
  readonly draining: AbortSignal;
}

/**
 * Makes the handlers of all methods, guarded and counted.
 * @throws Error when a method has no implementation.
 */
export function createMethods(options: MethodOptions, running: RunningHandlers): Methods {
  const router = createConnectRouter({
    interceptors: [...options.interceptors],
    readMaxBytes: options.maxMessageBytes,
    acceptCompression: compressions,
  });
  for (const { service, implementation } of options.routes) {
    for (const method of service.methods) {
      // A drain lets unary calls finish, so only streams hear of it.
      const streamOptions = method.methodKind === "unary" ? {} : { shutdownSignal: options.draining };
      const guarded = guardMethod(method, implementationOf(implementation, method), running);
      // The library's type of an implementation needs to know the kind of method, which only the descriptor does here.
      router.rpc(method, guarded as never, streamOptions);
    }
  }
  const { silenceLimitMs = DEFAULT_SILENCE_LIMIT_MS } = options;
  return new Map(router.handlers.map((handler) => [handler.requestPath, limitSilence(handler, silenceLimitMs)]));
}

/** The implementation of a method, bound to the object that it is a method of. */
function implementationOf(implementation: ServiceRoute["implementation"], method: DescMethod): AnyMethod {
  // Complete by the type that serviceRoute checked; here the service is no longer known.
  const methods = implementation as Readonly<Record<string, AnyMethod | undefined>>;
  const call = methods[method.localName];
  if (call === undefined) throw new Error(`${method.parent.typeName}/${method.name} has no implementation`);
  return call.bind(implementation);
}

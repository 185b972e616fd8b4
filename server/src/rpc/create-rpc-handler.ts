import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, createConnectRouter, createContextValues, type Interceptor } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip, universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import { clampTimeout } from "./clamp-timeout.ts";
import { allowEarlyHeaders } from "./early-headers.ts";
import { type AnyMethod, guardMethod } from "./guard-method.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { isCall, refuseCall, unknownMethod } from "./refuse-call.ts";
import { createRunningHandlers, type RunningHandlers } from "./running-handlers.ts";
import { sendHeaders, sendResponse } from "./send-response.ts";
import type { ServiceRoute } from "./service-route.ts";

/** What the rpc room serves, and within which bounds. */
export interface RpcHandlerOptions {
  readonly routes: readonly ServiceRoute[];
  /** Run for every call, the first one outermost. */
  readonly interceptors: readonly Interceptor[];
  /** The largest request message, in bytes, after decompression; a larger one is RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  /** Aborted, with a ConnectError, when the server starts to drain: no new calls, and streams end with that error. */
  readonly draining: AbortSignal;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** Serves calls of all protocols. */
export interface RpcHandler {
  /** Answers a request that is a call and returns true; returns false for any other, untouched. */
  handle(request: NodeRequest, response: NodeResponse): boolean;
  /** The handlers that are running. */
  readonly running: RunningHandlers;
}

/**
 * Creates the handler for gRPC, gRPC-Web and Connect calls. Serves every call through the library's universal handlers, and mends
 * what they lack: see `guardMethod`, `clampTimeout` and `refuseCall`.
 */
export function createRpcHandler(options: RpcHandlerOptions): RpcHandler {
  const running = createRunningHandlers();
  const methods = createMethods(options, running);
  return {
    running,
    handle(request, response) {
      const method = methods.get(request.url?.split("?", 1)[0] ?? "");
      if (method === undefined && !isCall(request)) return false;
      const refusal = options.draining.aborted ? ConnectError.from(options.draining.reason) : undefined;
      if (method === undefined || refusal !== undefined) {
        refuseCall(request, response, refusal ?? unknownMethod(request));
        return true;
      }
      serve(method, request, response).catch((error) => {
        response.destroy();
        if (ConnectError.from(error).code !== Code.Canceled) options.onError(error);
      });
      return true;
    },
  };
}

function createMethods(options: RpcHandlerOptions, running: RunningHandlers): Map<string, UniversalHandler> {
  const router = createConnectRouter({
    interceptors: [...options.interceptors],
    readMaxBytes: options.maxMessageBytes,
    acceptCompression: [compressionGzip, compressionBrotli],
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
  return new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
}

function implementationOf(implementation: ServiceRoute["implementation"], method: DescMethod): AnyMethod {
  // Complete by the type that serviceRoute checked; here the service is no longer known.
  const methods = implementation as Readonly<Record<string, AnyMethod | undefined>>;
  const call = methods[method.localName];
  if (call === undefined) throw new Error(`${method.parent.typeName}/${method.name} has no implementation`);
  return call.bind(implementation);
}

async function serve(method: UniversalHandler, request: NodeRequest, response: NodeResponse): Promise<void> {
  const values = createContextValues();
  allowEarlyHeaders(values, (header) => sendHeaders(response, 200, header));
  const call = universalRequestFromNodeRequest(request, response, undefined, values);
  clampTimeout(call.header);
  await sendResponse(await method(call), response);
}

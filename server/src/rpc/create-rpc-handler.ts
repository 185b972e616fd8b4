import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import { createMethods, type MethodOptions } from "./create-methods.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { isCall, refuseCall, unknownMethod } from "./refuse-call.ts";
import { createRunningHandlers, type RunningHandlers } from "./running-handlers.ts";
import { serveHttpCall } from "./serve-http-call.ts";
import { createSocketDoor } from "./web-socket/create-socket-door.ts";
import type { SocketLimits } from "./web-socket/socket-limits.ts";

/** What the rpc room serves, and within which bounds. */
export interface RpcHandlerOptions extends MethodOptions {
  /** The origins, besides the server's own, whose pages may open WebSockets; none unless given. */
  readonly allowedOrigins?: readonly string[];
  /** Bounds of WebSockets that differ from `defaultSocketLimits`. */
  readonly socketLimits?: Partial<SocketLimits>;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** Serves calls of all protocols. */
export interface RpcHandler {
  /** Answers a request that is a call and returns true; returns false for any other, untouched. */
  handle(request: NodeRequest, response: NodeResponse): boolean;
  /** Takes or refuses a WebSocket for calls and returns true; returns false for any other upgrade, untouched. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The handlers that are running. */
  readonly running: RunningHandlers;
}

/**
 * Creates the handler for gRPC, gRPC-Web, also in text mode and over WebSockets, and Connect calls. Serves every call through the
 * library's universal handlers, and mends what they lack: see `guardMethod`, `clampTimeout`, `refuseCall` and `readTextCall`.
 */
export function createRpcHandler(options: RpcHandlerOptions): RpcHandler {
  const running = createRunningHandlers();
  const methods = createMethods(options, running);
  const upgrade = createSocketDoor({ ...options, methods });
  return {
    running,
    upgrade,
    handle(request, response) {
      const method = methods.get(request.url?.split("?", 1)[0] ?? "");
      if (method === undefined && !isCall(request)) return false;
      const refusal = options.draining.aborted ? ConnectError.from(options.draining.reason) : undefined;
      if (method === undefined || refusal !== undefined) {
        refuseCall(request, response, refusal ?? unknownMethod(request));
        return true;
      }
      serveHttpCall(method, request, response).catch((error) => {
        response.destroy();
        if (ConnectError.from(error).code !== Code.Canceled) options.onError(error);
      });
      return true;
    },
  };
}

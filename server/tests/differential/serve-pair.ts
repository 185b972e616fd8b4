import type { AddressInfo } from "node:net";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { createListener } from "../../src/listener/create-listener.ts";
import { createMethods, type MethodOptions } from "../../src/rpc/create-methods.ts";
import { createRpcHandler, type RpcHandler } from "../../src/rpc/create-rpc-handler.ts";
import { isCall, refuseCall, unknownMethod } from "../../src/rpc/refuse-call.ts";
import { createRunningHandlers, type RunningHandlers } from "../../src/rpc/running-handlers.ts";
import { serveHttpCall } from "../../src/rpc/serve-http-call.ts";
import { createJournal, type Journal } from "../scripted/journal.ts";
import { scriptedRoute } from "../scripted/scripted-service.ts";

/** The largest message that the servers of a pair read, in bytes. */
export const MAX_MESSAGE_BYTES = 65_536;

/** A server that plays scripts. */
export interface ScriptedServer {
  readonly port: number;
  readonly running: RunningHandlers;
  /** What became of its implementations. */
  readonly journal: Journal;
  /** Starts the drain without closing anything. */
  drain(): void;
  close(): Promise<void>;
}

/** Two servers of the same service: one as it is served, and one by the library alone, which tells how it should be. */
export interface ServerPair {
  readonly served: ScriptedServer;
  readonly oracle: ScriptedServer;
}

/** What of a handler a listener needs; without `handleStream` Node makes a request of every stream. */
type CallHandler = Pick<RpcHandler, "handle" | "running"> & Partial<Pick<RpcHandler, "handleStream">>;

interface HandlerOptions extends MethodOptions {
  readonly onError: (error: unknown) => void;
}

/** Starts both servers on free ports of the loopback. */
export async function servePair(interceptors: readonly Interceptor[]): Promise<ServerPair> {
  const [served, oracle] = await Promise.all([
    serve(createRpcHandler, interceptors),
    serve(createLibraryHandler, interceptors),
  ]);
  return { served, oracle };
}

/** Answers every call by the library's universal handlers, whatever else there is. */
function createLibraryHandler(options: HandlerOptions): CallHandler {
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
      serveHttpCall(method, request, response).catch((error) => {
        response.destroy();
        if (ConnectError.from(error).code !== Code.Canceled) options.onError(error);
      });
      return true;
    },
  };
}

async function serve(
  createHandler: (options: HandlerOptions) => CallHandler,
  interceptors: readonly Interceptor[],
): Promise<ScriptedServer> {
  const draining = new AbortController();
  const journal = createJournal();
  const { handle, handleStream, running } = createHandler({
    routes: [scriptedRoute(journal)],
    interceptors,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    draining: draining.signal,
    onError: () => journal.write("broke"),
  });
  const listener = createListener({
    certificate: undefined,
    onStream: handleStream && ((stream, headers) => handleStream(stream, headers)),
    onRequest: (request, response) => {
      if (handle(request, response)) return;
      response.statusCode = 404;
      response.end("not a call");
    },
  });
  const { port }: AddressInfo = await listener.listen(0, "127.0.0.1");
  return {
    port,
    running,
    journal,
    drain: () => draining.abort(new ConnectError("the server is shutting down", Code.Unavailable)),
    async close() {
      const closed = listener.close();
      listener.destroy();
      await closed;
    },
  };
}

import type { AddressInfo } from "node:net";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import type { RunningHandlers } from "@triptych/rpc/call/running-handlers.ts";
import { createRpcHandler } from "@triptych/rpc/create-rpc-handler.ts";
import { createListener } from "../../src/listener/create-listener.ts";
import { createJournal, type Journal } from "../scripted/journal.ts";
import { scriptedRoute } from "../scripted/scripted-service.ts";
import { serveOracle } from "./oracle/serve-oracle.ts";

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

/** Starts both servers on free ports of the loopback. */
export async function servePair(interceptors: readonly Interceptor[]): Promise<ServerPair> {
  const [served, oracle] = await Promise.all([serveOurs(interceptors), serveConnect(interceptors)]);
  return { served, oracle };
}

function optionsOf(journal: Journal, interceptors: readonly Interceptor[]) {
  return { routes: [scriptedRoute(journal)], interceptors, onError: () => journal.write("broke") };
}

async function serveOurs(interceptors: readonly Interceptor[]): Promise<ScriptedServer> {
  const draining = new AbortController();
  const journal = createJournal();
  const rpc = createRpcHandler({
    ...optionsOf(journal, interceptors),
    readMaxBytes: MAX_MESSAGE_BYTES,
    shutdownSignal: draining.signal,
  });
  const listener = createListener({
    certificate: undefined,
    onStream: (stream, head, endStream) => rpc.handleStream(stream, head, endStream),
    onRequest: (request, response) => {
      if (rpc.handleRequest(request, response)) return;
      response.statusCode = 404;
      response.end("not a call");
    },
  });
  const { port }: AddressInfo = await listener.listen(0, "127.0.0.1");
  return {
    port,
    running: rpc.running,
    journal,
    drain: () => draining.abort(new ConnectError("the server is shutting down", Code.Unavailable)),
    async close() {
      const closed = listener.close();
      listener.destroy();
      await closed;
    },
  };
}

async function serveConnect(interceptors: readonly Interceptor[]): Promise<ScriptedServer> {
  const draining = new AbortController();
  const journal = createJournal();
  const { port, running, close } = await serveOracle({
    ...optionsOf(journal, interceptors),
    maxMessageBytes: MAX_MESSAGE_BYTES,
    draining: draining.signal,
  });
  const drain = () => draining.abort(new ConnectError("the server is shutting down", Code.Unavailable));
  return { port, running, journal, drain, close };
}

import type { AddressInfo } from "node:net";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import type { RunningHandlers } from "@triptych/rpc/call/running-handlers.ts";
import type { Http2Stream } from "@triptych/rpc/http2/face.ts";
import { prepareHeaders } from "@triptych/rpc/http2/prepare-headers.ts";
import type { Certificate } from "@triptych/rpc/port/listener.ts";
import { createListener } from "@triptych/rpc/port/listener.ts";
import { createRpcHandler } from "@triptych/rpc/rpc-handler.ts";
import { createJournal, type Journal } from "../scripted/journal.ts";
import { scriptedRoute } from "../scripted/scripted-service.ts";
import { serveOracle } from "./oracle/serve-oracle.ts";

/** The largest message that the servers of a pair read, in bytes. */
export const MAX_MESSAGE_BYTES = 65_536;

/** A server that plays scripts. */
export interface ScriptedServer {
  readonly port: number;
  /** Whether it is spoken to over TLS. */
  readonly isEncrypted: boolean;
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

/** Starts both servers on free ports of the loopback, over TLS where there is a certificate. */
export async function servePair(interceptors: readonly Interceptor[], certificate?: Certificate): Promise<ServerPair> {
  const [served, oracle] = await Promise.all([
    serveScripted(interceptors, certificate),
    serveConnect(interceptors, certificate),
  ]);
  return { served, oracle };
}

function optionsOf(journal: Journal, interceptors: readonly Interceptor[]) {
  return { routes: [scriptedRoute(journal)], interceptors, onError: () => journal.write("broke") };
}

/** Starts the one of both that is served. */
export async function serveScripted(
  interceptors: readonly Interceptor[],
  certificate?: Certificate,
): Promise<ScriptedServer> {
  const draining = new AbortController();
  const journal = createJournal();
  const rpc = createRpcHandler({
    ...optionsOf(journal, interceptors),
    readMaxBytes: MAX_MESSAGE_BYTES,
    shutdownSignal: draining.signal,
  });
  const listener = createListener({
    certificate,
    onStream: (stream, head, endStream) => {
      if (!rpc.handleStream(stream, head, endStream)) notFound(stream);
    },
    onRequest: (request, response) => {
      if (rpc.handleRequest(request, response)) return;
      response.statusCode = 404;
      response.end("not a call");
    },
  });
  const { port }: AddressInfo = await listener.listen(0, "127.0.0.1");
  return {
    port,
    isEncrypted: certificate !== undefined,
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

function notFound(stream: Http2Stream): void {
  stream.consumer = { data: (chunk) => stream.consumed(chunk.length), end() {}, closed() {}, drained() {} };
  stream.sendAll(prepareHeaders(404), Buffer.from("not a call"), undefined);
}

async function serveConnect(interceptors: readonly Interceptor[], certificate?: Certificate): Promise<ScriptedServer> {
  const draining = new AbortController();
  const journal = createJournal();
  const { port, running, close } = await serveOracle({
    ...optionsOf(journal, interceptors),
    maxMessageBytes: MAX_MESSAGE_BYTES,
    draining: draining.signal,
    certificate,
  });
  const drain = () => draining.abort(new ConnectError("the server is shutting down", Code.Unavailable));
  return { port, isEncrypted: certificate !== undefined, running, journal, drain, close };
}

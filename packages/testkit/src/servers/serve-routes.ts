import { getEventListeners } from "node:events";
import type { AddressInfo } from "node:net";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ServiceRoute } from "@triptych/rpc/call/service-route.ts";
import type { Http2Stream } from "@triptych/rpc/http2/face.ts";
import { prepareHeaders } from "@triptych/rpc/http2/prepare-headers.ts";
import { type Certificate, createListener, type Listener } from "@triptych/rpc/port/listener.ts";
import { rejectUpgrade } from "@triptych/rpc/port/reject-upgrade.ts";
import { createRpcHandler, type RpcHandler, type RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { expectNothingLeft, watchProcess } from "../leftovers/expect-nothing-left.ts";

/** A listener with the rpc room behind it and nothing else, for tests. */
export interface ServedRoutes {
  readonly port: number;
  readonly baseUrl: string;
  readonly rpc: RpcHandler;
  readonly listener: Listener;
  /** Starts the drain without closing the listener. */
  drain(): void;
  /** What is held for clients, by what it is. */
  held(): Readonly<Record<string, number>>;
  /** Resolves once no more is held for clients than at the start; rejects, naming what is left, when that takes too long. */
  expectNothingHeld(): Promise<void>;
  /** Cuts what is open and closes; rejects when anything is left of it. */
  close(): Promise<void>;
}

/** How routes are served. */
export interface ServeRoutesOptions extends Partial<RpcHandlerOptions> {
  /** The certificate to encrypt with; clear text unless given. */
  readonly certificate?: Certificate | undefined;
}

/** Serves routes on a free port of the loopback. Errors outside the implementations fail the process. */
export async function serveRoutes(
  routes: readonly ServiceRoute[],
  { certificate, ...options }: ServeRoutesOptions = {},
): Promise<ServedRoutes> {
  const expectProcessAsBefore = watchProcess();
  const draining = new AbortController();
  const rpc = createRpcHandler({
    routes,
    interceptors: [],
    readMaxBytes: 65_536,
    shutdownSignal: draining.signal,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  const listener = createListener({
    certificate,
    onRequest: (request, response) => {
      if (rpc.handleRequest(request, response)) return;
      response.statusCode = 404;
      response.end("not a call");
    },
    onStream: (stream, head, endStream) => {
      if (!rpc.handleStream(stream, head, endStream)) notFound(stream);
    },
    onUpgrade: (request, socket, head) => {
      if (!rpc.handleUpgrade(request, socket, head)) rejectUpgrade(request, socket, head);
    },
  });
  const held = () => ({
    ...listener.held(),
    ...rpc.held(),
    toldOfDrain: getEventListeners(draining.signal, "abort").length,
  });
  const heldAtStart = held();
  const { port }: AddressInfo = await listener.listen(0, "127.0.0.1");
  return {
    port,
    baseUrl: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    rpc,
    listener,
    drain: () => draining.abort(new ConnectError("the server is shutting down", Code.Unavailable)),
    held,
    expectNothingHeld: () => expectNothingLeft(heldAtStart, held),
    async close() {
      const closed = listener.close();
      listener.destroy();
      await closed;
      await expectNothingLeft(heldAtStart, held);
      await expectProcessAsBefore();
    },
  };
}

function notFound(stream: Http2Stream): void {
  stream.consumer = { data: (chunk) => stream.consumed(chunk.length), end() {}, closed() {}, drained() {} };
  stream.sendAll(prepareHeaders(404), Buffer.from("not a call"), undefined);
}

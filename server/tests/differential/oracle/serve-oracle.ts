import { createServer as createHttp1Server, type IncomingMessage } from "node:http";
import { createServer as createHttp2Server, createSecureServer } from "node:http2";
import type { Server as NetServer, Socket } from "node:net";
import { Code, ConnectError } from "@connectrpc/connect";
import { createRunningHandlers, type RunningHandlers } from "@triptych/rpc/call/running-handlers.ts";
import { detectProtocol } from "@triptych/rpc/port/detect-protocol.ts";
import type { Certificate } from "@triptych/rpc/port/listener.ts";
import { createMethods, type MethodOptions } from "./create-methods.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { isCall, refuseCall, unknownMethod } from "./refuse-call.ts";
import { serveHttpCall } from "./serve-http-call.ts";

/** What Connect's own handlers serve. */
export interface OracleOptions extends MethodOptions {
  readonly onError: (error: unknown) => void;
  /** The certificate to encrypt with; undefined means clear text. */
  readonly certificate: Certificate | undefined;
}

/** A server of Connect's own handlers on Node's servers of both HTTP versions, which tells how calls have to come out. */
export interface OracleServer {
  readonly port: number;
  readonly running: RunningHandlers;
  close(): Promise<void>;
}

/** Starts the oracle on a free port of the loopback. */
export async function serveOracle(options: OracleOptions): Promise<OracleServer> {
  const running = createRunningHandlers();
  const handle = createHandler(options, running);
  const sockets = new Set<Socket>();
  const server =
    options.certificate === undefined ? clearText(handle, sockets) : encrypted(handle, options.certificate);
  if (options.certificate !== undefined) server.on("connection", (socket: Socket) => track(socket, sockets));
  const port = await listen(server);
  return {
    port,
    running,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

type Handle = ReturnType<typeof createHandler>;

function track(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
}

/** Node's own server of both versions, which ALPN tells apart. */
function encrypted(handle: Handle, certificate: Certificate): NetServer {
  return createSecureServer({ ...certificate, allowHTTP1: true, maxHeaderListPairs: 128 }, handle as never);
}

function clearText(handle: Handle, sockets: Set<Socket>): NetServer {
  const http1 = createHttp1Server(handle);
  const http2 = createHttp2Server({ maxHeaderListPairs: 128 }, handle as never);
  const serveHttp1 = http1.listeners("connection");
  http1.removeAllListeners("connection");
  http1.on("connection", (socket: Socket) => {
    track(socket, sockets);
    detectProtocol(socket, 10_000, (protocol) => {
      if (protocol === "http1") {
        for (const listener of serveHttp1) listener.call(http1, socket);
        return;
      }
      // HTTP/2 would never hear that the other side has closed.
      socket.allowHalfOpen = false;
      http2.emit("connection", socket);
    });
  });
  return http1;
}

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has an address with a port");
  return address.port;
}

function createHandler(options: OracleOptions, running: RunningHandlers) {
  const methods = createMethods(options, running);
  return (request: NodeRequest, response: NodeResponse): void => {
    // What a broken connection brings must only not end the process.
    for (const half of [request as IncomingMessage, response]) half.on("error", () => undefined);
    const method = methods.get(request.url?.split("?", 1)[0] ?? "");
    if (method === undefined && !isCall(request)) {
      response.statusCode = 404;
      response.end("not a call");
      return;
    }
    const refusal = options.draining.aborted ? ConnectError.from(options.draining.reason) : undefined;
    if (method === undefined || refusal !== undefined) {
      refuseCall(request, response, refusal ?? unknownMethod(request));
      return;
    }
    serveHttpCall(method, request, response).catch((error) => {
      response.destroy();
      if (ConnectError.from(error).code !== Code.Canceled) options.onError(error);
    });
  };
}

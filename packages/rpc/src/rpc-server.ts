import { getEventListeners } from "node:events";
import { setImmediate, setTimeout as waitFor } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import { collectMethods, type Routes } from "./call/collect-methods.ts";
import { Health as HealthService } from "./gen/grpc/health/v1/health_pb.ts";
import { ServerReflection } from "./gen/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "./gen/grpc/reflection/v1alpha/reflection_pb.ts";
import type { ConnectionAge } from "./http2/connection-age.ts";
import { type Certificate, createListener, type ListenerOptions } from "./port/listener.ts";
import type { RequestRouter } from "./request-router.ts";
import type { RpcHandler } from "./rpc-handler.ts";
import { createRouting, type RpcListenersOptions } from "./rpc-listeners.ts";
import { createHealth, type Health } from "./services/health/health.ts";
import { createHealthService } from "./services/health/health-service.ts";
import { notifyWatchers } from "./services/health/notify-watchers.ts";
import { createDescriptorIndex } from "./services/reflection/descriptor-index.ts";
import { createReflectionService, createReflectionServiceAlpha } from "./services/reflection/reflection-service.ts";

/** What a server serves, how it listens, and within which bounds. */
export interface RpcServerOptions
  extends RpcListenersOptions,
    Pick<ListenerOptions, "keepAliveMs" | "maxConnectionsPerAddress" | "http2Limits"> {
  /** The certificate to encrypt with; clear text unless given. */
  readonly tls?: Certificate | undefined;
  /** Whether `grpc.health.v1` is served, or the health that it reports; true unless given. */
  readonly health?: Health | boolean;
  /**
   * Whether `grpc.reflection.v1` and `v1alpha` are served, which describe all services to everybody; false unless given. With a `FileDescriptorSet`, the
   * bytes that `buf build --output` writes, clients that send `reflection-comments: yes` also get the comments of the contracts, which generated code leaves out.
   */
  readonly reflection?: boolean | Uint8Array;
  /** How old connections over HTTP/2 and WebSockets may become, so that clients that stay for long spread; as old as they like unless given. */
  readonly connectionAge?: ConnectionAge | undefined;
  /** How long `close` waits for calls before it cuts them, in milliseconds; 10,000 unless given. */
  readonly drainMs?: number;
}

/** Where a server listens. */
export interface RpcAddress {
  readonly address: string;
  readonly port: number;
}

/** gRPC, gRPC-Web and Connect on one port, over HTTP/1.1, HTTP/2 and WebSockets. */
export interface RpcServer
  extends Pick<RpcHandler, "running" | "calls" | "messages" | "shares" | "shedding">,
    Pick<RequestRouter, "responses"> {
  /** Starts to listen on a port, 0 for a free one, of a host, unless given of every one. Rejects when the address cannot be had. */
  listen(port: number, host?: string): Promise<RpcAddress>;
  /**
   * Drains and closes: those who watch the health are notified first, then there are no new calls, unary calls finish, streams end with
   * UNAVAILABLE; what still runs after `drainMs` is cut. Resolves when all is closed. Calling it again returns the same promise. With `leaveMs`, where another
   * process has taken over the port, calls over HTTP are taken for so many milliseconds more, while clients hear that they are to connect again.
   */
  close(leaveMs?: number): Promise<void>;
  /** Aborted, with a ConnectError, when streams have to end because the server is being closed. */
  readonly draining: AbortSignal;
  readonly health: Health;
  /** The full names of the services that are served, health and reflection included. */
  readonly services: readonly string[];
  openConnections(): number;
  /** How many connections were cut because their address had too many. */
  rejectedConnections(): number;
  /** What is held for clients, by what it is; as after the start once the last connection is closed. */
  held(): Readonly<Record<string, number>>;
}

const DRAIN_MS = 10_000;

/**
 * Creates a server; nothing is opened until `listen`.
 * @throws Error when a method of a list of services has no implementation, and when descriptors for reflection are none.
 */
export function createRpcServer(options: RpcServerOptions): RpcServer {
  const draining = new AbortController();
  const health = typeof options.health === "object" ? options.health : createHealth();
  const { routes, services } = allRoutes(options, health);
  health.add(services);
  const { connectionAge } = options;
  const socketLimits = { ...options.socketLimits, ...(connectionAge && { age: connectionAge }) };
  const { handler, router, onError, trust } = createRouting({ ...options, routes, socketLimits }, draining.signal);
  const onAged = handler.endStreamsOf;
  const { keepAliveMs, maxConnectionsPerAddress, http2Limits, tls, drainMs = DRAIN_MS } = options;
  const listener = createListener({
    ...{
      certificate: tls,
      keepAliveMs,
      maxConnectionsPerAddress,
      http2Limits,
      onError,
      connectionAge,
      onAged,
      isProxy: trust.isProxy,
    },
    ...router,
  });

  async function drainAndClose(leaveMs: number): Promise<void> {
    const cut = setTimeout(() => listener.destroy(), leaveMs + drainMs);
    listener.announceEnd();
    // First of all those who watch learn to send calls elsewhere; then the streams end, theirs too.
    await notifyWatchers(health);
    // What they were sent is out before the streams beside theirs end.
    await setImmediate();
    if (leaveMs > 0) {
      listener.leave();
      await waitFor(leaveMs);
    }
    draining.abort(new ConnectError("the server is shutting down", Code.Unavailable));
    await listener.close();
    clearTimeout(cut);
  }

  let closed: Promise<void> | undefined;
  const close = (leaveMs = 0) => {
    closed ??= drainAndClose(leaveMs);
    return closed;
  };
  if (options.shutdownSignal?.aborted === true) void close();
  options.shutdownSignal?.addEventListener("abort", () => void close(), { once: true });

  return {
    running: handler.running,
    calls: handler.calls,
    messages: handler.messages,
    shares: handler.shares,
    shedding: handler.shedding,
    responses: router.responses,
    draining: draining.signal,
    health,
    services,
    async listen(port, host) {
      if (closed !== undefined) throw new Error("the server is closed");
      return listener.listen(port, host);
    },
    close,
    openConnections: () => listener.openConnections(),
    rejectedConnections: () => listener.rejectedConnections(),
    held: () => ({
      ...listener.held(),
      ...handler.held(),
      responseAddresses: router.responses.addresses,
      healthWatchers: health.watchers,
      drainListeners: getEventListeners(draining.signal, "abort").length,
    }),
  };
}

/** The routes given and those of the services that come with a server, and the names of all. */
function allRoutes({ routes, health, reflection = false }: RpcServerOptions, reported: Health) {
  // Once: a function may make the implementations that it registers.
  const methods = collectMethods(routes);
  const services = new Set(methods.map(({ desc }) => desc.parent));
  if (health !== false) services.add(HealthService);
  if (reflection !== false) services.add(ServerReflection).add(ServerReflectionAlpha);
  const all: Routes = (router) => {
    // What a method takes and returns was checked where it was registered.
    for (const { desc, implementation, options } of methods)
      router.rpc(desc, implementation as never, options as object);
    if (health !== false) router.service(HealthService, createHealthService({ health: reported }));
    if (reflection === false) return;
    const index = createDescriptorIndex([...services], reflection === true ? undefined : reflection);
    router.service(ServerReflection, createReflectionService(index));
    router.service(ServerReflectionAlpha, createReflectionServiceAlpha(index));
  };
  return { routes: all, services: [...services].map(({ typeName }) => typeName) };
}

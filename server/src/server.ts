import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import type { RequestListener, UpgradeListener } from "@triptych/rpc/port/http.ts";
import { rejectUpgrade } from "@triptych/rpc/port/reject-upgrade.ts";
import { createRpcServer } from "@triptych/rpc/rpc-server.ts";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { loadCertificate } from "./certificate.ts";
import type { Config } from "./config.ts";
import type { ProcessPlace } from "./domain/process-place.ts";
import { connectErrorFromDomainError } from "./interceptors/connect-error-from-domain-error.ts";
import { logCalls } from "./interceptors/log-calls.ts";
import { observeCalls } from "./interceptors/observe-calls.ts";
import { loadSheddingAbove } from "./limits/load-shedding.ts";
import { shareOfCallers } from "./limits/share-of-callers.ts";
import { countLoad } from "./metrics/count-load.ts";
import { countLostSpans } from "./metrics/count-lost-spans.ts";
import { measureCalls } from "./metrics/measure-calls.ts";
import { OPEN_METRICS_TYPE, openMetricsText } from "./metrics/open-metrics.ts";
import { createOperations } from "./metrics/operations/create-operations.ts";
import { createMonitoring, isProbe } from "./monitoring.ts";
import { openIdentity, openSignIn } from "./open-identity.ts";
import { openServices } from "./open-services.ts";
import type { MetricsFormat } from "./processes/messages.ts";
import { readDescriptors } from "./read-descriptors.ts";
import { openRelayTargets } from "./relay/open-relay-targets.ts";
import { withoutSignIn } from "./sign-in/start-sign-in.ts";
import { createTracing } from "./tracing/create-tracing.ts";
import type { TrainingPolicy } from "./training/training-policy.ts";

/** What a server needs that is not configuration. */
export interface ServerDependencies {
  readonly logger: Logger;
  /** Answers what is not a call: the pages of the web app. */
  readonly pages: RequestListener;
  /** Takes upgrades that are no calls, where something does. */
  readonly onUpgrade?: UpgradeListener;
  readonly now?: () => Date;
  /** The metrics of all processes of this server; those of this one alone unless given. */
  readonly allMetrics?: (format: MetricsFormat) => Promise<string>;
  /** Which of the processes of this server this one is, once that is known; the only one unless given. */
  readonly processPlace?: () => ProcessPlace | undefined;
  /** When to train the model of the recommender; as the configuration says unless it is given. */
  readonly trainingPolicy?: TrainingPolicy;
}

/** Where a server listens. */
export interface StartedAt {
  /** For people to open, such as `http://localhost:8080`. */
  readonly url: string;
  /** What the system calls it, such as `127.0.0.1:8080` or `[::]:8080`. */
  readonly bound: string;
  /** Whether that is every address of the machine. */
  readonly isEverywhere: boolean;
}

/** A server, not yet listening. */
export interface Server {
  /** Listens; resolves with the address for people, such as `http://localhost:8080`, and the one that it is, such as `[::]:8080`. */
  start(): Promise<StartedAt>;
  /**
   * Drains and stops: those who watch the health are notified first, then no new calls, unary calls finish, streams end with UNAVAILABLE;
   * what is still running when the time for it is over is cut. Resolves when all is closed. Calling it again gives the same promise. With `leaveMs`, where
   * another process has taken over the port, calls are taken for so many milliseconds more, while clients hear that they are to connect again.
   */
  stop(leaveMs?: number): Promise<void>;
  /** The metrics of this process. */
  metrics(format: MetricsFormat): Promise<string>;
  /**
   * Resolves with the reason once nothing but starting the server again can help, and its health has said so. It goes on serving what it
   * can until it is stopped.
   */
  readonly failed: Promise<Error>;
  /** How many handlers are running, also those whose client has left. */
  runningHandlers(): number;
  /** How many connections are open, idle ones included. */
  openConnections(): number;
  /** What is held for clients, by what it is; as after the start once every client has left. */
  held(): Readonly<Record<string, number>>;
}

/** Creates a server: opens the store and wires the rooms. Rejects when the store or the certificate cannot be opened. */
export async function createServer(config: Config, dependencies: ServerDependencies): Promise<Server> {
  const { logger, pages, onUpgrade: upgradePage = rejectUpgrade } = dependencies;
  const certificate = config.tls && (await loadCertificate(config.tls));
  const stopping = new AbortController();
  const metrics = createMetrics();
  const tracing = config.tracing && createTracing(config.tracing, logger);
  const operations = config.showsOperations ? createOperations(metrics, dependencies.processPlace) : undefined;
  const { explorerTargets, maxMessageBytes } = config;
  const targets = explorerTargets.length === 0 ? undefined : openRelayTargets(explorerTargets, { maxMessageBytes });
  const sources = { metrics, spans: tracing?.spans, figures: operations, targets };
  const services = await openServices(config, { ...dependencies, ...sources }, stopping.signal);
  const signIn = openSignIn(config, dependencies, services);
  const identity = config.identity && (await openIdentity(config.identity, dependencies, signIn, stopping.signal));
  const authRoutes = signIn?.routes ?? withoutSignIn(config.identity);
  const onError = (error: unknown) => logger.warn({ err: error }, "request failed");
  const ownMetrics = (format: MetricsFormat) =>
    format === "openmetrics" ? openMetricsText(metrics) : metrics.metrics();
  const { allMetrics = ownMetrics } = dependencies;
  const monitoring = createMonitoring({
    probes: services.probes,
    metrics: { contentType: metrics.contentType, metrics: () => allMetrics("prometheus") },
    openMetrics: { contentType: OPEN_METRICS_TYPE, metrics: () => allMetrics("openmetrics") },
    metricsAccess: config.metricsAccess,
  });
  const rpc = createRpcServer({
    routes: services.routes,
    health: services.health,
    reflection: config.reflection && ((await readDescriptors()) ?? true),
    ...(identity && { requestGate: identity.gate }),
    mapError: connectErrorFromDomainError,
    observer: observeCalls(
      ...(tracing ? [tracing.observer] : []),
      logCalls(logger),
      measureCalls(metrics),
      ...(operations ? [operations.observer] : []),
    ),
    ...(tracing && { around: tracing.around }),
    ...boundsOf(config),
    // A server that is busy must not be taken for one that has failed.
    reservedFor: [Health.typeName],
    tls: certificate,
    fallback(request, response) {
      const path = pathOf(request);
      return (monitoring(path) ?? authRoutes(path) ?? pages)(request, response);
    },
    fallbackUpgrade: upgradePage,
    isPublic: isProbe,
    onError,
  });
  rpc.draining.addEventListener("abort", () => stopping.abort(rpc.draining.reason), { once: true });
  const held = () => ({
    ...rpc.held(),
    ...services.held(),
    spanWatchers: tracing?.watchers ?? 0,
    operationsWatchers: operations?.watchers ?? 0,
    relayedCalls: targets?.calls ?? 0,
    knownStreams: identity?.openStreams ?? 0,
  });
  countLoad(metrics, rpc, held);
  countLostSpans(metrics, () => tracing?.lostSpans ?? 0);

  async function closeAll(leaveMs: number): Promise<void> {
    await rpc.close(leaveMs);
    operations?.close();
    await services.close();
    await tracing?.close();
  }

  let stopped: Promise<void> | undefined;
  return {
    failed: services.failed,
    async start() {
      const { address, port } = await rpc.listen(config.port, config.host);
      return {
        url: `${certificate ? "https" : "http"}://${hostForPeople(config.host)}:${port}`,
        bound: `${inUrl(address)}:${port}`,
        isEverywhere: address === "::" || address === "0.0.0.0",
      };
    },
    stop(leaveMs = 0) {
      stopped ??= closeAll(leaveMs);
      return stopped;
    },
    metrics: ownMetrics,
    runningHandlers: () => rpc.running.count,
    openConnections: () => rpc.openConnections(),
    held,
  };
}

/** Who may connect, and the bounds on what they do. */
function boundsOf(config: Config) {
  return {
    readMaxBytes: config.maxMessageBytes,
    maxMessageElements: config.maxMessageElements,
    maxBufferedBytes: config.maxBufferedBytes,
    maxCallsInFlight: config.maxCallsInFlight,
    fairShare: config.fairShare && shareOfCallers(config.fairShare),
    ...(config.maxEventLoopDelayMs && { loadShedding: loadSheddingAbove(config.maxEventLoopDelayMs) }),
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    maxResponsesPerAddress: config.maxResponsesPerAddress,
    keepAliveMs: config.keepAliveMs,
    connectionAge: config.connectionAge,
    drainMs: config.drainMs,
    trustProxy: config.trustProxy,
    cors: { allowedOrigins: config.allowedOrigins },
    allowedHosts: allowedHosts(config),
    allowedHostsSetting: "ALLOWED_HOSTS",
  };
}

/** The names by which browsers may reach the server. With a certificate any: they compare the name with the one that it names. */
function allowedHosts({ tls, host, allowedHosts: names }: Config): readonly string[] {
  if (tls !== undefined) return ["*"];
  return host === undefined ? names : [host, ...names];
}

function pathOf({ url = "" }: { readonly url?: string | undefined }): string {
  return url.split("?", 1)[0] ?? "";
}

function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

function hostForPeople(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::") return "localhost";
  return inUrl(host);
}

function inUrl(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

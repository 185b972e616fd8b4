import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import type { RequestListener, UpgradeListener } from "@triptych/rpc/port/http.ts";
import { rejectUpgrade } from "@triptych/rpc/port/reject-upgrade.ts";
import { createRpcServer } from "@triptych/rpc/rpc-server.ts";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { loadCertificate } from "./certificate.ts";
import type { Config } from "./config.ts";
import { delay } from "./domain/delay.ts";
import { createNotifier } from "./domain/notifier.ts";
import { startHealth } from "./health/start-health.ts";
import { connectErrorFromDomainError } from "./interceptors/connect-error-from-domain-error.ts";
import { logCalls } from "./interceptors/log-calls.ts";
import { observeCalls } from "./interceptors/observe-calls.ts";
import { countLoad } from "./metrics/count-load.ts";
import { countLostSpans } from "./metrics/count-lost-spans.ts";
import { measureCalls } from "./metrics/measure-calls.ts";
import { measureWrites, showPendingWrites } from "./metrics/measure-writes.ts";
import { OPEN_METRICS_TYPE, openMetricsText } from "./metrics/open-metrics.ts";
import { showModel } from "./metrics/show-model.ts";
import { createMonitoring, isProbe } from "./monitoring.ts";
import { createRoutes } from "./routes.ts";
import { createLiveCatalogue } from "./services/recommendation/domain/live-catalogue.ts";
import type { SpanSource } from "./services/trace/domain/span-view.ts";
import { openServedLibrary } from "./storage/sqlite/served-library.ts";
import { openStore } from "./storage/sqlite/store.ts";
import { createTracing } from "./tracing/create-tracing.ts";
import { startModel } from "./training/start-model.ts";
import { createTrainingPolicy, type TrainingPolicy } from "./training/training-policy.ts";

/** What a server needs that is not configuration. */
export interface ServerDependencies {
  readonly logger: Logger;
  /** Answers what is not a call: the pages of the web app. */
  readonly pages: RequestListener;
  /** Takes upgrades that are no calls, where something does. */
  readonly onUpgrade?: UpgradeListener;
  readonly now?: () => Date;
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
   * what is still running when the time for it is over is cut. Resolves when all is closed. Calling it again gives the same promise.
   */
  stop(): Promise<void>;
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
  const services = await openServices(config, { ...dependencies, metrics, spans: tracing?.spans }, stopping.signal);
  const onError = (error: unknown) => logger.warn({ err: error }, "request failed");
  const openMetrics = { contentType: OPEN_METRICS_TYPE, metrics: () => openMetricsText(metrics) };
  const monitoring = createMonitoring({ probes: services.probes, metrics, openMetrics });
  const rpc = createRpcServer({
    routes: services.routes,
    health: services.health,
    reflection: true,
    mapError: connectErrorFromDomainError,
    observer: observeCalls(...(tracing ? [tracing.observer] : []), logCalls(logger), measureCalls(metrics)),
    ...(tracing && { around: tracing.around }),
    readMaxBytes: config.maxMessageBytes,
    maxMessageElements: config.maxMessageElements,
    maxBufferedBytes: config.maxBufferedBytes,
    maxCallsInFlight: config.maxCallsInFlight,
    // A server that is busy must not be taken for one that has failed.
    reservedFor: [Health.typeName],
    tls: certificate,
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    keepAliveMs: config.keepAliveMs,
    cors: { allowedOrigins: config.allowedOrigins },
    allowedHosts: allowedHosts(config),
    allowedHostsSetting: "ALLOWED_HOSTS",
    fallback: (request, response) => (monitoring(pathOf(request)) ?? pages)(request, response),
    fallbackUpgrade: upgradePage,
    isPublic: isProbe,
    maxResponsesPerAddress: config.maxResponsesPerAddress,
    drainMs: config.drainMs,
    onError,
  });
  rpc.draining.addEventListener("abort", () => stopping.abort(rpc.draining.reason), { once: true });
  const held = () => ({ ...rpc.held(), ...services.held() });
  countLoad(metrics, rpc, held);
  countLostSpans(metrics, () => tracing?.lostSpans ?? 0);

  async function closeAll(): Promise<void> {
    await rpc.close();
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
    stop() {
      stopped ??= closeAll();
      return stopped;
    },
    runningHandlers: () => rpc.running.count,
    openConnections: () => rpc.openConnections(),
    held,
  };
}

interface OpenOptions extends ServerDependencies {
  readonly metrics: Registry;
  readonly spans: SpanSource | undefined;
}

/** Opens the store and what works in the background until `stopping` is aborted, and makes the services over them. */
async function openServices(
  config: Config,
  { logger, now = () => new Date(), trainingPolicy, metrics, spans }: OpenOptions,
  stopping: AbortSignal,
) {
  const { dataDir, heartbeatMs } = config;
  const compared = createNotifier();
  const library = await openServedLibrary({ dataDir, logger });
  const store = await openStore({
    directory: dataDir,
    library,
    heartbeatMs,
    now,
    logger,
    // Nothing writes before the health is looked after.
    onTrouble: (trouble) => running.noteTrouble(trouble),
    writeObserver: measureWrites(metrics),
    onCompared: () => compared.notify(),
  });
  const failed = Promise.withResolvers<Error>();
  const running = startHealth({
    askStore: store.check,
    delay,
    onObstacle: (reason, error) => logger.error({ err: error }, `not ready: ${reason}`),
    onReady: () => logger.info("ready again"),
    onFailed: failed.resolve,
    signal: stopping,
  });
  const { books } = library;
  const policy = trainingPolicy ?? createTrainingPolicy(config.training);
  const model = await startModel(
    { dataDir, books, ratings: store.ratings, heartbeatMs, logger, now, delay, policy, compared },
    stopping,
  );
  showPendingWrites(metrics, () => store.pendingWrites);
  showModel(metrics, () => model.states.current);
  const watched = library.watch((imported) => model.serveBooks(imported), stopping);
  const { health, probes, stopped } = running;
  const routes = await createRoutes({
    store,
    catalogue: createLiveCatalogue(() => model.serving.current.catalogue),
    serving: model.serving,
    models: model.states,
    comparesRankings: config.comparesRankings,
    testClientLesson: config.legacyTestClient,
    spans,
  });
  return {
    routes,
    health,
    probes,
    failed: failed.promise,
    held: () => ({ ...store.held(), modelFollowers: model.followers }),
    async close() {
      await Promise.all([model.stopped, watched, stopped]);
      await store.close();
      library.close();
    },
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

import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { clientAddress } from "@triptych/rpc/port/client-address.ts";
import type { HttpRequest, RequestListener, UpgradeListener } from "@triptych/rpc/port/http.ts";
import { createProxyTrust } from "@triptych/rpc/port/proxy-trust.ts";
import { rejectUpgrade } from "@triptych/rpc/port/reject-upgrade.ts";
import { createRpcServer } from "@triptych/rpc/rpc-server.ts";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { loadCertificate } from "./certificate.ts";
import type { Config } from "./config.ts";
import { delay } from "./domain/delay.ts";
import { createNotifier } from "./domain/notifier.ts";
import type { ProcessPlace } from "./domain/process-place.ts";
import { startHealth } from "./health/start-health.ts";
import { type Identity, type IdentityConfig, startIdentity } from "./identity/start-identity.ts";
import { connectErrorFromDomainError } from "./interceptors/connect-error-from-domain-error.ts";
import { logCalls } from "./interceptors/log-calls.ts";
import { observeCalls } from "./interceptors/observe-calls.ts";
import { costOf } from "./limits/cost-of.ts";
import { loadSheddingAbove } from "./limits/load-shedding.ts";
import { shareOfCallers } from "./limits/share-of-callers.ts";
import { countLoad } from "./metrics/count-load.ts";
import { countLostSpans } from "./metrics/count-lost-spans.ts";
import { measureCalls } from "./metrics/measure-calls.ts";
import { measureWrites, showPendingWrites, showUnreadEvents } from "./metrics/measure-writes.ts";
import { OPEN_METRICS_TYPE, openMetricsText } from "./metrics/open-metrics.ts";
import { createOperations } from "./metrics/operations/create-operations.ts";
import { showModel } from "./metrics/show-model.ts";
import { createMonitoring, isProbe } from "./monitoring.ts";
import { openData } from "./open-data.ts";
import type { MetricsFormat } from "./processes/messages.ts";
import { readDescriptors } from "./read-descriptors.ts";
import { openRelayTargets } from "./relay/open-relay-targets.ts";
import { createRoutes } from "./routes.ts";
import type { RelayTargets } from "./services/explorer/domain/relay-targets.ts";
import type { FiguresSource } from "./services/operations/domain/server-figures.ts";
import { createLiveCatalogue } from "./services/recommendation/domain/live-catalogue.ts";
import type { SpanSource } from "./services/trace/domain/span-view.ts";
import { type SignIn, startSignIn, withoutSignIn } from "./sign-in/start-sign-in.ts";
import type { Store } from "./storage/store.ts";
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

/** Begins to ask who calls, until `stopping` is aborted. */
function openIdentity(
  config: IdentityConfig,
  { logger, now }: ServerDependencies,
  browser: SignIn | undefined,
  stopping: AbortSignal,
): Promise<Identity> {
  const onError = (error: unknown) => logger.error({ err: error }, "keys or sessions cannot be read");
  return startIdentity(config, { now: millisecondsOf(now), onError, costOf, browser }, stopping);
}

/** The time in milliseconds since 1970. Each call with a token asks for it: no date is made for that where nobody has given a clock. */
function millisecondsOf(now: ServerDependencies["now"]): () => number {
  return now === undefined ? Date.now : () => now().getTime();
}

/** Lets people sign in on the pages, where the configuration says how. */
function openSignIn(
  { signIn, identity, trustProxy, maxResponsesPerAddress }: Config,
  { logger, now }: ServerDependencies,
  { sessions, readers }: Pick<Store, "sessions" | "readers">,
): SignIn | undefined {
  const proxies = createProxyTrust(trustProxy);
  const addressOf = ({ socket, headers }: HttpRequest) =>
    clientAddress(proxies.addressOf(socket.remoteAddress, headers["x-forwarded-for"]));
  return (
    signIn &&
    startSignIn(signIn, {
      ...{ store: sessions, readers, admins: identity?.oidc?.admins ?? [] },
      takesCertificates: identity?.certificates !== undefined,
      now: millisecondsOf(now),
      onFailure: (why) => logger.warn({ why }, "a sign-in failed"),
      onRefused: (why) => logger.info({ why }, "a sign-in was refused"),
      addressOf: maxResponsesPerAddress === 0 ? undefined : addressOf,
    })
  );
}

interface OpenOptions extends ServerDependencies {
  readonly metrics: Registry;
  readonly spans: SpanSource | undefined;
  readonly figures: FiguresSource | undefined;
  readonly targets: RelayTargets | undefined;
}

/** Opens the store and what works in the background until `stopping` is aborted, and makes the services over them. */
async function openServices(
  config: Config,
  { logger, now = () => new Date(), trainingPolicy, metrics, spans, figures, targets }: OpenOptions,
  stopping: AbortSignal,
) {
  const { heartbeatMs } = config;
  const compared = createNotifier();
  const data = await openData(config, {
    now,
    logger,
    maxOrdersPerOwner: config.maxOrdersPerCaller,
    // Nothing writes before the health is looked after.
    onTrouble: (trouble) => running.noteTrouble(trouble),
    writeObserver: measureWrites(metrics),
    onCompared: () => compared.notify(),
  });
  const { store, library } = data;
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
    { ...data.model, books, ratings: store.ratings, heartbeatMs, logger, now, delay, policy, compared },
    stopping,
  );
  showPendingWrites(metrics, () => store.pendingWrites);
  showUnreadEvents(metrics, () => store.unreadEvents);
  showModel(metrics, () => model.states.current);
  const watched = Promise.all([
    library.watch((imported) => model.serveBooks(imported), stopping),
    data.watch(model, stopping),
  ]);
  const { health, probes, stopped } = running;
  const routes = await createRoutes({
    store,
    catalogue: createLiveCatalogue(() => model.serving.current.catalogue),
    serving: model.serving,
    models: model.states,
    comparesRankings: config.comparesRankings,
    testClientLesson: config.legacyTestClient,
    spans,
    figures,
    targets,
  });
  return {
    routes,
    health,
    probes,
    sessions: store.sessions,
    readers: store.readers,
    failed: failed.promise,
    held: () => ({ ...store.held(), modelFollowers: model.followers }),
    async close() {
      await Promise.all([model.stopped, watched, stopped]);
      await data.close();
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

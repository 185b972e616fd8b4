import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Code, ConnectError, cors } from "@connectrpc/connect";
import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { createRpcHandler } from "@triptych/rpc/create-rpc-handler.ts";
import { createAllowedHosts } from "@triptych/rpc/port/allowed-hosts.ts";
import { clientAddress } from "@triptych/rpc/port/client-address.ts";
import { createListener } from "@triptych/rpc/port/create-listener.ts";
import type { RequestListener, UpgradeListener } from "@triptych/rpc/port/http.ts";
import { refuseUpgrade } from "@triptych/rpc/port/refuse-upgrade.ts";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { loadCertificate } from "./certificate.ts";
import type { Config } from "./config.ts";
import { countLoad } from "./count-load.ts";
import { delay } from "./domain/delay.ts";
import { startHealth } from "./health/start-health.ts";
import { createHttpFront } from "./http-front.ts";
import { connectErrorFromDomainError } from "./interceptors/connect-error-from-domain-error.ts";
import { logCalls } from "./interceptors/log-calls.ts";
import { measureCalls } from "./interceptors/measure-calls.ts";
import { observeCalls } from "./interceptors/observe-calls.ts";
import { createLiveCatalogue } from "./recommendation/domain/live-catalogue.ts";
import { createRoutes } from "./routes.ts";
import { openServedLibrary } from "./store/served-library.ts";
import { openStore } from "./store/store.ts";
import { startModel } from "./training/start-model.ts";
import type { TrainingPolicy } from "./training/training-policy.ts";

/** What a server needs that is not configuration. */
export interface ServerDependencies {
  readonly logger: Logger;
  /** Answers what is not a call: the pages of the web app. */
  readonly pages: RequestListener;
  /** Takes upgrades that are no calls, where something does. */
  readonly onUpgrade?: UpgradeListener;
  readonly now?: () => Date;
  /** When to train the model of the recommender; see `TRAINING_POLICY`. */
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
   * Drains and stops: whoever watches the health hears first, then no new calls, unary calls finish, streams end with UNAVAILABLE;
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
  const { logger, pages, onUpgrade: upgradePage = refuseUpgrade } = dependencies;
  const certificate = config.tls && (await loadCertificate(config.tls));
  const draining = new AbortController();
  const services = await openServices(config, dependencies, draining.signal);
  const metrics = createMetrics();
  const rpc = createRpcHandler({
    routes: services.routes,
    interceptors: [],
    mapError: connectErrorFromDomainError,
    observer: observeCalls(logCalls(logger), measureCalls(metrics)),
    readMaxBytes: config.maxMessageBytes,
    maxMessageElements: config.maxMessageElements,
    maxBufferedBytes: config.maxBufferedBytes,
    maxCallsInFlight: config.maxCallsInFlight,
    // Whoever asks whether the server is well must not take its being busy for its end.
    reservedFor: [Health.typeName],
    allowedOrigins: config.allowedOrigins,
    clientOf: clientAddress,
    shutdownSignal: draining.signal,
    onError: (error) => logger.warn({ err: error }, "response failed"),
  });
  const onError = (error: unknown) => logger.warn({ err: error }, "request failed");
  const front = createHttpFront({
    cors: { ...cors, allowedOrigins: config.allowedOrigins },
    allowsHost: createAllowedHosts(allowedHosts(config)),
    rpc,
    probes: services.probes,
    metrics,
    maxAnswersPerAddress: config.maxAnswersPerAddress,
    pages,
    upgradePage,
    onError,
  });
  const listener = createListener({
    certificate,
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    keepAliveMs: config.keepAliveMs,
    onError,
    ...front,
  });

  const held = () => ({
    ...listener.held(),
    ...rpc.held(),
    ...services.held(),
    answerAddresses: front.answers.addresses,
    toldOfDrain: getEventListeners(draining.signal, "abort").length,
  });
  countLoad(metrics, rpc, listener, front.answers, held);

  async function drainAndClose(): Promise<void> {
    const cut = setTimeout(() => listener.destroy(), config.drainMs);
    listener.announceEnd();
    // First of all whoever watches learns to send calls elsewhere; then the streams end, theirs too.
    await services.announceEnd();
    // What they were told is out before the streams beside theirs end.
    await setImmediate();
    draining.abort(new ConnectError("the server is shutting down", Code.Unavailable));
    await listener.close();
    clearTimeout(cut);
    await services.close();
  }

  let stopped: Promise<void> | undefined;
  return {
    failed: services.failed,
    async start() {
      const { address, port } = await listener.listen(config.port, config.host);
      return {
        url: `${certificate ? "https" : "http"}://${hostForPeople(config.host)}:${port}`,
        bound: `${inUrl(address)}:${port}`,
        isEverywhere: address === "::" || address === "0.0.0.0",
      };
    },
    stop() {
      stopped ??= drainAndClose();
      return stopped;
    },
    runningHandlers: () => rpc.running.count,
    openConnections: () => listener.openConnections(),
    held,
  };
}

/** Opens the store and what works in the background until `stopping` is aborted, and makes the services over them. */
async function openServices(
  config: Config,
  { logger, now = () => new Date(), trainingPolicy: policy }: ServerDependencies,
  stopping: AbortSignal,
) {
  const { dataDir, heartbeatMs } = config;
  const library = await openServedLibrary({ dataDir, logger });
  const store = await openStore({
    directory: dataDir,
    library,
    heartbeatMs,
    now,
    logger,
    // Nothing writes before the health is looked after.
    onTrouble: (trouble) => running.noteTrouble(trouble),
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
  const model = await startModel(
    { dataDir, books, ratings: store.ratings, heartbeatMs, logger, now, delay, policy },
    stopping,
  );
  const watched = library.watch((imported) => model.serveBooks(imported), stopping);
  const { health, probes, shutDown, stopped } = running;
  const routes = createRoutes({
    store,
    catalogue: createLiveCatalogue(() => model.serving.current.catalogue),
    serving: model.serving,
    models: model.states,
    health,
    testClientLesson: config.legacyTestClient,
  });
  health.add(routes.map(({ service }) => service.typeName));
  return {
    routes,
    probes,
    failed: failed.promise,
    announceEnd: shutDown,
    held: () => ({ ...store.held(), modelFollowers: model.followers, healthWatchers: health.watchers }),
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

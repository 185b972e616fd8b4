import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Config } from "./config.ts";
import { delay } from "./domain/delay.ts";
import { createNotifier } from "./domain/notifier.ts";
import { startHealth } from "./health/start-health.ts";
import { measureWrites, showPendingWrites, showUnreadEvents } from "./metrics/measure-writes.ts";
import { showModel } from "./metrics/show-model.ts";
import { openData } from "./open-data.ts";
import { createRoutes } from "./routes.ts";
import type { RelayTargets } from "./services/explorer/domain/relay-targets.ts";
import type { FiguresSource } from "./services/operations/domain/server-figures.ts";
import { createLiveCatalogue } from "./services/recommendation/domain/live-catalogue.ts";
import type { SpanSource } from "./services/trace/domain/span-view.ts";
import { startModel } from "./training/start-model.ts";
import { createTrainingPolicy, type TrainingPolicy } from "./training/training-policy.ts";

/** What the services work with. */
export interface ServicesDependencies {
  readonly logger: Logger;
  readonly now?: () => Date;
  /** When to train the model of the recommender; as the configuration says unless it is given. */
  readonly trainingPolicy?: TrainingPolicy;
  readonly metrics: Registry;
  readonly spans: SpanSource | undefined;
  readonly figures: FiguresSource | undefined;
  readonly targets: RelayTargets | undefined;
}

/** Opens the store and what works in the background until `stopping` is aborted, and makes the services over them. */
export async function openServices(
  config: Config,
  { logger, now = () => new Date(), trainingPolicy, metrics, spans, figures, targets }: ServicesDependencies,
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

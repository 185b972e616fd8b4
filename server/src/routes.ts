import { Cal } from "@triptych/proto/calculator_pb.ts";
import { Greeter as LegacyGreeter } from "@triptych/proto/helloworld_pb.ts";
import { grpc_test as Lessons } from "@triptych/proto/lessons_pb.ts";
import { OrderHandler } from "@triptych/proto/order_pb.ts";
import { Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { RelayService } from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OperationsService } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { type ServiceRoute, serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { delay } from "./domain/delay.ts";
import { rememberReaders } from "./identity/remember-readers.ts";
import { createCalculatorService } from "./services/calculator/calculator-service.ts";
import { yieldToEventLoop } from "./services/calculator/yield-to-event-loop.ts";
import type { RelayTargets } from "./services/explorer/domain/relay-targets.ts";
import { createRelayService } from "./services/explorer/relay-service.ts";
import { createGreeterService } from "./services/greeter/greeter-service.ts";
import { createCalService } from "./services/legacy/cal-service.ts";
import { createLegacyGreeterService } from "./services/legacy/greeter-service.ts";
import { createLessonsService, type TestClientLesson } from "./services/legacy/lessons-service.ts";
import { createLegacyOrderService } from "./services/legacy/order-service.ts";
import { createLegacyRecommendationsService } from "./services/legacy/recommendations-service.ts";
import type { FiguresSource } from "./services/operations/domain/server-figures.ts";
import { createOperationsService } from "./services/operations/operations-service.ts";
import { createOrderService } from "./services/order/order-service.ts";
import type { Catalogue } from "./services/recommendation/domain/catalogue.ts";
import type { ModelStates } from "./services/recommendation/domain/model-state.ts";
import type { Serving } from "./services/recommendation/domain/serving.ts";
import { createRecommendationService } from "./services/recommendation/recommendation-service.ts";
import type { SpanSource } from "./services/trace/domain/span-view.ts";
import { createTraceService } from "./services/trace/trace-service.ts";
import type { Store } from "./storage/store.ts";

/** What the services work with. */
export interface Sources {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly serving: Serving;
  readonly models: ModelStates;
  /** Whether rankings are compared. */
  readonly comparesRankings: boolean;
  /** Which of the two lessons on one path is played. */
  readonly testClientLesson: TestClientLesson;
  /** The spans that clients are shown; undefined for none. */
  readonly spans: SpanSource | undefined;
  /** The figures that clients are shown of the server; undefined for none. */
  readonly figures: FiguresSource | undefined;
  /** The servers that calls are relayed to; undefined for none. */
  readonly targets: RelayTargets | undefined;
}

/** The one list of what is served, beside health and reflection. */
export async function createRoutes(sources: Sources): Promise<ServiceRoute[]> {
  const { store, catalogue, serving, models, comparesRankings, testClientLesson } = sources;
  const { greetings, orders, ratings, readerEvents } = store;
  const readers = rememberReaders(store.readers);
  const comparison = comparesRankings ? store.comparison : undefined;
  const recommendation = { ratings, serving, readers };
  const titleOf = (bookId: number) => catalogue.find(bookId)?.title;
  return [
    serviceRoute(CalculatorService, createCalculatorService({ yieldToEventLoop, delay })),
    serviceRoute(GreeterService, createGreeterService({ greetings, delay })),
    serviceRoute(
      RecommendationService,
      createRecommendationService({ ...recommendation, catalogue, models, readerEvents, comparison }),
    ),
    serviceRoute(
      OrderService,
      createOrderService({ orders, titleOf, readers, now: () => performance.now(), yieldToEventLoop }),
    ),
    serviceRoute(TraceService, createTraceService(sources.spans)),
    serviceRoute(OperationsService, createOperationsService(sources.figures)),
    serviceRoute(RelayService, createRelayService(sources.targets)),
    serviceRoute(Cal, createCalService()),
    serviceRoute(LegacyGreeter, createLegacyGreeterService({ greetings })),
    serviceRoute(Recommendations, createLegacyRecommendationsService(recommendation)),
    serviceRoute(OrderHandler, createLegacyOrderService({ orders })),
    serviceRoute(Lessons, createLessonsService({ testClientLesson, delay })),
  ];
}

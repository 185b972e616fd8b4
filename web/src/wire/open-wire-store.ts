import { file_google_rpc_error_details } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { browserEnvironment } from "@triptych/rpc-web";
import { createMethodRegistry } from "./method-registry.ts";
import { createWireStore, type WireStore } from "./wire-store.ts";

/** A store with the browser's clock and frames that knows the services of the app. */
export function openWireStore(): WireStore {
  return createWireStore({
    now: () => performance.timeOrigin + performance.now(),
    onFrame: browserEnvironment.onFrame,
    methods: createMethodRegistry(
      [CalculatorService, GreeterService, OrderService, RecommendationService],
      file_google_rpc_error_details.messages,
    ),
  });
}

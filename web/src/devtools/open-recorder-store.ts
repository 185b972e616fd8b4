import { file_google_rpc_error_details } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createMethodRegistry, createRecorderStore, type RecorderStore } from "@triptych/rpc-web";

/** A store that knows the services of the app. */
export function openRecorderStore(): RecorderStore {
  return createRecorderStore({
    methods: createMethodRegistry(
      [CalculatorService, GreeterService, OrderService, RecommendationService],
      file_google_rpc_error_details.messages,
    ),
  });
}

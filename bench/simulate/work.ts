import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { grpcCall } from "../call.ts";

/** A call that stores nothing. */
export const add = grpcCall(CalculatorService.method.add, { a: 20n, b: 22n });
/** One for a list of recommendations. */
export const recommend = grpcCall(RecommendationService.method.recommend, { userId: 7 });
/** One that stores an event, which those who watch are sent. */
export const hello = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
/** One that watches. */
export const watch = grpcCall(GreeterService.method.watchGreetings, {});

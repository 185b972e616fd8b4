import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { expect, it } from "vitest";
import { costOf } from "./cost-of.ts";

it("a call costs what its contract says, or 1", () => {
  expect(costOf(RecommendationService.method.recommend)).toBe(10);
  expect(costOf(GreeterService.method.sayHello)).toBe(1);
});

it("an older contract has the cost of the newer one, and health costs nothing", () => {
  expect(costOf(Recommendations.method.recommend)).toBe(10);
  expect(costOf(Health.method.check)).toBe(0);
});

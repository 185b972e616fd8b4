import { Health, HealthCheckRequestSchema } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { Greeter } from "@triptych/proto/helloworld_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { describe, expect, it } from "vitest";
import { filterServices, sortServices } from "./filter-services.ts";

const services = [Health, Greeter, GreeterService];
const found = (search: string) =>
  filterServices(services, search).flatMap(({ methods }) => methods.map((method) => String(method)));

describe("finding methods", () => {
  it("finds all without a search", () => {
    expect(found(" ")).toHaveLength(services.flatMap(({ methods }) => methods).length);
  });

  it.each([
    ["sayhelloagain", 2],
    ["helloworld hello", 2],
    ["triptych.greeter.v1.GreeterService/Converse", 1],
    [HealthCheckRequestSchema.name, 2],
    ["converse nothing", 0],
  ])("finds by every word of %j: %i", (search, count) => {
    expect(found(search)).toHaveLength(count);
  });

  it("puts what describes servers last", () => {
    expect(sortServices(services)).toEqual([GreeterService, Greeter, Health]);
  });
});

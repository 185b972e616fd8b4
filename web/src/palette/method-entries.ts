import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { Entry } from "./entry.ts";

const services = [CalculatorService, GreeterService, RecommendationService, OrderService];

/** All methods of the services, each of which opens in the Explorer. */
export function methodEntries(go: (href: string) => void): Entry[] {
  return services.flatMap(({ typeName, methods }) =>
    methods.map(({ name }): Entry => {
      const method = `${typeName}/${name}`;
      const service = typeName.slice(typeName.lastIndexOf(".") + 1);
      return {
        id: method,
        group: "Methods",
        label: `${service}/${name}`,
        note: "open in the Explorer",
        run: () => go(`/explorer?${new URLSearchParams({ method })}`),
      };
    }),
  );
}

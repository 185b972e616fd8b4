import type { Client } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";

/** The clients of the services whose methods the page calls. */
export interface StreamServices {
  readonly calculator: Client<typeof CalculatorService>;
  readonly greeter: Client<typeof GreeterService>;
}

/** The clients over the protocol in use. */
export function useStreamServices(): StreamServices {
  return { calculator: useServiceClient(CalculatorService), greeter: useServiceClient(GreeterService) };
}

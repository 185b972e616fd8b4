import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createTransport } from "../clients/transports.ts";

const PAUSE_MS = 20;
/** How long one of its calls may take before it counts as failed, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** How a client that means no harm has fared. */
export interface CalmResult {
  readonly answered: number;
  /** What calls failed with. */
  readonly failures: readonly string[];
}

/** Makes one call after the other until the signal is aborted; resolves with how they went. */
export async function callCalmly(baseUrl: string, until: AbortSignal): Promise<CalmResult> {
  const greeter = createClient(GreeterService, createTransport("grpc", baseUrl));
  const failures: string[] = [];
  let answered = 0;
  while (!until.aborted) {
    try {
      await greeter.sayHello({ name: "Ada" }, { timeoutMs: TIMEOUT_MS });
      answered += 1;
    } catch (error) {
      failures.push(String(error));
    }
    await pause(PAUSE_MS);
  }
  return { answered, failures };
}

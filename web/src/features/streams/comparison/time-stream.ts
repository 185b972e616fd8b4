import { createClient, type Transport } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";

/** When the messages of a stream came, in milliseconds since it was asked for. */
export type Arrivals = readonly number[];

/** How many messages the stream has that is compared. */
export const streamLength = 1_000;

/** Reads the same stream of a thousand messages over a transport, after a short one that opens its connection. Rejects with the error of a call. */
export async function timeStream(transport: Transport, now: () => number, signal: AbortSignal): Promise<Arrivals> {
  const client = createClient(CalculatorService, transport);
  const read = async (points: number) => {
    const start = now();
    const arrivals: number[] = [];
    for await (const _point of client.plot({ expression: "1/(x+1)", from: "0", to: "1", points }, { signal })) {
      arrivals.push(now() - start);
    }
    return arrivals;
  };
  await read(2);
  return read(streamLength);
}

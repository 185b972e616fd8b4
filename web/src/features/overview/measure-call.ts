import { createClient, type Transport } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { createMethodRegistry, createRecorderStore, type RecordedCall, recordingFetch } from "@triptych/rpc-web";
import { createTransport } from "../../transport/create-transport.ts";
import type { Protocol } from "../../transport/protocol.ts";

/** The expression that is evaluated in each protocol. */
export const measuredExpression = "1/3*3";

/** Makes the same call in a protocol, as often as it is asked to, and resolves with what crossed. */
export type MeasureCall = () => Promise<RecordedCall>;

/**
 * What measures a call in one protocol, with a connection and a recorder of its own. The first call of each is not measured: it loads code
 * and opens connections. Rejects with the error of the call.
 */
export function createMeasurement(protocol: Protocol): MeasureCall {
  const store = createRecorderStore({ methods: createMethodRegistry([CalculatorService]) });
  const transport: Transport = createTransport({
    protocol,
    baseUrl: window.location.origin,
    fetch: recordingFetch(
      (input, init) => globalThis.fetch(input, init),
      () => store,
    ),
    recorder: () => store,
  });
  const client = createClient(CalculatorService, transport);
  const call = () => client.evaluate({ expression: measuredExpression });
  let warm: Promise<unknown> | undefined;
  return async () => {
    warm ??= call();
    await warm.catch(() => {
      warm = undefined;
    });
    store.clear();
    await call();
    return endedCall(store);
  };
}

/** The latest call, once the recorder has seen its end, which is a moment after the page has its response. */
function endedCall(store: ReturnType<typeof createRecorderStore>): Promise<RecordedCall> {
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      const call = store.getState().calls.at(-1);
      if (call?.endedAfter === undefined) return;
      stop();
      resolve(call);
    });
    // Leaving the pause shows at once what would be shown with the next frame.
    store.setPaused(false);
  });
}

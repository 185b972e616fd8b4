import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Duration } from "@bufbuild/protobuf/wkt";
import type {
  EvaluateLinesRequest,
  EvaluateLinesResponseSchema,
  PlotRequest,
  PlotResponseSchema,
} from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { InvalidInput } from "../../domain/errors.ts";
import { MAX_POINT_INTERVAL_MS } from "./domain/limits.ts";
import { evaluateLines } from "./domain/notebook/evaluate-lines.ts";
import { plot } from "./domain/notebook/plot.ts";
import { lineMessage, pointMessage } from "./notebook-messages.ts";

/** Sends what comes of each line as soon as it is known. `pause` lets others run, and rejects where nobody reads on. */
export async function* sendLines(
  { lines, digits }: EvaluateLinesRequest,
  pause: () => Promise<void>,
): AsyncGenerator<MessageInitShape<typeof EvaluateLinesResponseSchema>> {
  for (const outcome of evaluateLines(lines, digits)) {
    if (outcome !== undefined) yield lineMessage(outcome);
    await pause();
  }
}

/** Sends each point as soon as it is computed, but not before its time. `wait` takes milliseconds. */
export async function* sendPoints(
  request: PlotRequest,
  pause: () => Promise<void>,
  wait: (milliseconds: number) => Promise<void>,
): AsyncGenerator<MessageInitShape<typeof PlotResponseSchema>> {
  const interval = intervalOf(request.interval);
  let isFirst = true;
  for (const point of plot(request)) {
    if (point !== undefined) {
      if (!isFirst && interval > 0) await wait(interval);
      isFirst = false;
      yield pointMessage(point);
    }
    await pause();
  }
}

function intervalOf(interval: Duration | undefined): number {
  if (interval === undefined) return 0;
  const milliseconds = Number(interval.seconds) * 1_000 + interval.nanos / 1_000_000;
  if (milliseconds >= 0 && milliseconds <= MAX_POINT_INTERVAL_MS) return milliseconds;
  throw new InvalidInput({ field: "interval", description: `must be 0 to 100 ms: got ${milliseconds} ms` });
}

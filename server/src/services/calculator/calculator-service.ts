import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type {
  CalculatorService,
  EvaluateStepsRequest,
  EvaluateStepsResponseSchema,
  FiguresSchema,
  RunningTotalRequest,
  RunningTotalResponseSchema,
  SumRequest,
} from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import type { Delay } from "../../domain/delay.ts";
import { evaluate } from "./domain/evaluate/evaluate.ts";
import { evaluateSteps } from "./domain/evaluate/evaluate-steps.ts";
import { prepareConstants } from "./domain/evaluate/prepare.ts";
import { addIntegers, multiplyIntegers } from "./domain/number/bounded-integer.ts";
import { type Figures, RunningFigures } from "./domain/number/figures.ts";
import { runWork } from "./domain/work.ts";
import { sendLines, sendPoints } from "./send-notebook.ts";

/** What the calculator needs. */
export interface CalculatorServiceDeps {
  /** Lets everything else that waits have its turn; called several times in a long calculation. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** Waits between the points of a plot. */
  readonly delay: Delay;
}

/**
 * The calculator over RPC. A calculation that a client has left is given up at its next pause; no call holds the event
 * loop for longer than a few milliseconds at a time.
 */
export function createCalculatorService({
  yieldToEventLoop,
  delay,
}: CalculatorServiceDeps): ServiceImpl<typeof CalculatorService> {
  prepareConstants();
  const pauseFor = (signal: AbortSignal) => async () => {
    await yieldToEventLoop();
    signal.throwIfAborted();
  };
  const waitFor = (signal: AbortSignal) => async (milliseconds: number) => {
    try {
      await delay(milliseconds, signal);
    } catch (error) {
      // The reason tells a deadline from a shutdown; the timer's own AbortError does not.
      signal.throwIfAborted();
      throw error;
    }
  };
  return {
    add: ({ a, b }) => ({ sum: addIntegers(a, b, "int64") }),
    multiply: ({ a, b }) => ({ product: multiplyIntegers(a, b, "int64") }),
    evaluate: async ({ expression, digits }, { signal }) => {
      const { text, exact } = await runWork(evaluate(expression, digits), pauseFor(signal));
      return { value: text, exact };
    },
    evaluateSteps: (request, { signal }) => sendSteps(request, pauseFor(signal)),
    evaluateLines: (request, { signal }) => sendLines(request, pauseFor(signal)),
    plot: (request, { signal }) => sendPoints(request, pauseFor(signal), waitFor(signal)),
    sum,
    runningTotal,
  };
}

async function* sendSteps(
  { expression, digits }: EvaluateStepsRequest,
  pause: () => Promise<void>,
): AsyncGenerator<MessageInitShape<typeof EvaluateStepsResponseSchema>> {
  let step = 0;
  for (const reduction of evaluateSteps(expression, digits)) {
    if (reduction !== undefined) {
      const { value, ...place } = reduction;
      step += 1;
      yield { ...place, step, value: value.text, exact: value.exact };
    }
    // After a step too: where the reader is faster than the calculation, sending lets nobody else have a turn.
    await pause();
  }
}

async function sum(requests: AsyncIterable<SumRequest>) {
  const running = new RunningFigures();
  for await (const { number } of requests) running.add(number);
  return { figures: figuresMessage(running.figures()) };
}

async function* runningTotal(
  requests: AsyncIterable<RunningTotalRequest>,
  { signal }: HandlerContext,
): AsyncGenerator<MessageInitShape<typeof RunningTotalResponseSchema>> {
  const running = new RunningFigures();
  for await (const { number } of requests) {
    signal.throwIfAborted();
    running.add(number);
    yield { figures: figuresMessage(running.figures()) };
  }
}

function figuresMessage({ count, ...figures }: Figures): MessageInitShape<typeof FiguresSchema> {
  return { count: BigInt(count), ...figures };
}

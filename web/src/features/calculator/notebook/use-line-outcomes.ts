import type { ConnectError } from "@connectrpc/connect";
import { CalculatorService, type EvaluateLinesResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { untilAborted } from "@triptych/rpc-web";
import { useEffect, useState } from "react";
import { useOneCall } from "../../../hooks/use-one-call.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { useSettled } from "../use-settled.ts";
import { mergeOutcomes } from "./line-outcomes.ts";
import { linesOf } from "./notebook.ts";

/** What came of the lines of a notebook. */
export interface LineOutcomes {
  /** In the order of the lines; of earlier lines while not `fresh`. */
  readonly outcomes: readonly EvaluateLinesResponse[];
  /** Whether the outcomes are those of the notebook as it stands. */
  readonly fresh: boolean;
  /** Why the call failed as a whole. */
  readonly error: ConnectError | undefined;
  /** Asks the server again. */
  readonly retry: () => void;
}

/** How long typing must rest before the server is asked, in milliseconds. */
const rest = 120;

interface Known {
  readonly text: string;
  readonly digits: number;
  readonly outcomes: readonly EvaluateLinesResponse[];
  readonly isDone: boolean;
  readonly error: ConnectError | undefined;
}

/** Evaluates a notebook as it is written. A call whose answer is no longer wanted is cancelled. */
export function useLineOutcomes(text: string, digits: number): LineOutcomes {
  const client = useServiceClient(CalculatorService);
  const { start, forget } = useOneCall();
  const settled = useSettled(text, rest);
  const settledDigits = useSettled(digits, rest);
  const [attempt, setAttempt] = useState(0);
  const [known, setKnown] = useState<Known>({ text: "", digits, outcomes: [], isDone: true, error: undefined });

  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt asks again
  useEffect(() => {
    const asked = { text: settled, digits: settledDigits };
    if (settled.trim() === "") {
      setKnown({ ...asked, outcomes: [], isDone: true, error: undefined });
      return;
    }
    let sent: readonly EvaluateLinesResponse[] = [];
    const show = (isDone: boolean) =>
      setKnown((last) => ({
        ...asked,
        outcomes: mergeOutcomes(last.outcomes, sent, isDone),
        isDone,
        error: undefined,
      }));
    const request = { lines: linesOf(settled), digits: settledDigits };
    start<EvaluateLinesResponse>(
      async ({ signal, report }) => {
        for await (const line of untilAborted(client.evaluateLines(request, { signal }), signal)) report(line);
      },
      {
        onEvents(more) {
          sent = [...sent, ...more];
          show(false);
        },
        onEnd(end) {
          if (end.kind === "done") show(true);
          // What is known of an earlier text is not the outcome of this one.
          else if (end.kind === "failed") setKnown({ ...asked, outcomes: sent, isDone: true, error: end.error });
        },
      },
    );
    return forget;
  }, [client, settled, settledDigits, attempt, start, forget]);

  return {
    outcomes: known.outcomes,
    fresh: known.isDone && known.text === text && known.digits === digits,
    error: known.error,
    retry: () => setAttempt((last) => last + 1),
  };
}

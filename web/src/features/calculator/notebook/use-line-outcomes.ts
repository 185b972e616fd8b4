import type { ConnectError } from "@connectrpc/connect";
import { CalculatorService, type EvaluateLinesResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { createBatcher } from "@triptych/rpc-web";
import { useContext, useEffect, useState } from "react";
import { collectStream } from "../../../hooks/collect-stream.ts";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
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
  const { onFrame } = useContext(StreamEnvironmentContext);
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
    const call = new AbortController();
    let sent: readonly EvaluateLinesResponse[] = [];
    const show = (isDone: boolean) =>
      setKnown((last) => ({
        ...asked,
        outcomes: mergeOutcomes(last.outcomes, sent, isDone),
        isDone,
        error: undefined,
      }));
    const batcher = createBatcher<EvaluateLinesResponse>(onFrame, (more) => {
      sent = [...sent, ...more];
      show(false);
    });
    const request = { lines: linesOf(settled), digits: settledDigits };
    void collectStream((signal) => client.evaluateLines(request, { signal }), call.signal, batcher.push).then((end) => {
      if (end.kind === "cancelled") return;
      batcher.flush();
      if (end.kind === "done") show(true);
      // What is known of an earlier text is not the outcome of this one.
      else setKnown({ ...asked, outcomes: sent, isDone: true, error: end.error });
    });
    return () => {
      call.abort();
      batcher.clear();
    };
  }, [client, settled, settledDigits, attempt, onFrame]);

  return {
    outcomes: known.outcomes,
    fresh: known.isDone && known.text === text && known.digits === digits,
    error: known.error,
    retry: () => setAttempt((last) => last + 1),
  };
}

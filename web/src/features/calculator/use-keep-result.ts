import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { useEffect, useRef } from "react";
import { useServiceClient } from "../../transport/use-service-client.ts";
import type { HistoryStore } from "./history-store.ts";
import type { Evaluation } from "./use-evaluation.ts";

/**
 * Keeps the result of an expression in the history. Where it is not known yet, it is asked for, and kept when it comes
 * even if the expression has changed by then. An expression without a value is not kept.
 */
export function useKeepResult(history: HistoryStore): (text: string, digits: number, known: Evaluation) => void {
  const client = useServiceClient(CalculatorService);
  const calls = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    calls.current = controller;
    return () => controller.abort();
  }, []);
  return (text, digits, { fresh, outcome }) => {
    const expression = text.trim();
    if (fresh) {
      if (outcome?.kind === "value") history.add({ expression, digits, value: outcome.value, exact: outcome.exact });
      return;
    }
    const signal = calls.current?.signal;
    client.evaluate({ expression, digits }, signal === undefined ? {} : { signal }).then(
      ({ value, exact }) => history.add({ expression, digits, value, exact }),
      // The evaluation as it is typed meets the same error and shows it.
      () => {},
    );
  };
}

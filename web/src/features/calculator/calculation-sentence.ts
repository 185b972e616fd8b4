import { Code } from "@connectrpc/connect";
import { errorSentence } from "../../errors/error-sentence.ts";

/** What a status code means for a calculation, in one sentence for people. */
export function calculationSentence(code: Code): string {
  if (code === Code.OutOfRange) return "The result is too large or too small to hold.";
  if (code === Code.ResourceExhausted) return "This would take more work than one calculation is allowed.";
  return errorSentence(code);
}

/** Whether a code is the answer to the expression, so that asking again brings the same. */
export function isAnswer(code: Code): boolean {
  return code === Code.OutOfRange || code === Code.ResourceExhausted || code === Code.InvalidArgument;
}

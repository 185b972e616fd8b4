import type { RecordedCall } from "@triptych/rpc-web";
import { callKind } from "./call-kind.ts";
import { callOutcome } from "./call-outcome.ts";
import { protocolLabel } from "./protocol-label.ts";

/**
 * The calls that have every word of the text in their method, protocol, kind or status, or in what their messages say as far as `says` knows it, in
 * any case.
 */
export function filterCalls(
  calls: readonly RecordedCall[],
  text: string,
  says: (call: RecordedCall, word: string) => boolean,
): readonly RecordedCall[] {
  const words = wordsOf(text);
  if (words.length === 0) return calls;
  return calls.filter((call) => {
    const about = [call.path, protocolLabel(call.protocol), callKind(call), callOutcome(call).label]
      .join(" ")
      .toLowerCase();
    const isFound = (word: string) => about.includes(word) || says(call, word);
    return words.every(isFound);
  });
}

/** The words that are looked for, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

import type { RecordedCall } from "@triptych/rpc-web";
import { callKind } from "./call-kind.ts";
import { callOutcome } from "./call-outcome.ts";
import { protocolLabel } from "./protocol-label.ts";

/** The calls that have every word of the text in their method, protocol, kind or status, in any case. */
export function filterCalls(calls: readonly RecordedCall[], text: string): readonly RecordedCall[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return calls;
  return calls.filter((call) => {
    const about = [call.path, protocolLabel(call.protocol), callKind(call), callOutcome(call).label]
      .join(" ")
      .toLowerCase();
    return words.every((word) => about.includes(word));
  });
}

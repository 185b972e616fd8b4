import { isCompressed, type RecordedFrame } from "@triptych/rpc-web";
import { isKeptWhole } from "../body-bytes.ts";
import type { CallMessage } from "./use-messages.ts";

/** How two messages compare, for people. Of what is not decoded only the bytes are known, so that two of them may be as different as their bytes, or anything. */
export type MessageVerdict = "the same" | "the same bytes" | "differs" | "cannot be compared";

/** How two messages compare; undefined while one of them is being read. */
export function messageVerdict(first: CallMessage, second: CallMessage): MessageVerdict | undefined {
  const [one, other] = [first.decoded, second.decoded];
  if (one === undefined || other === undefined) return undefined;
  if (one.kind !== "unreadable" && other.kind !== "unreadable") return one.text === other.text ? "the same" : "differs";
  return bytesVerdict(first.frame, second.frame);
}

function bytesVerdict(first: RecordedFrame, second: RecordedFrame): MessageVerdict {
  const isSame = first.length === second.length && haveSameBeginning(first.payload, second.payload);
  // As JSON or compressed, a message has other bytes.
  if (first.codec !== second.codec || isCompressed(first.flag) !== isCompressed(second.flag))
    return "cannot be compared";
  if (isSame) return isKeptWhole(first) && isKeptWhole(second) ? "the same bytes" : "cannot be compared";
  // Compressed in two ways, one message has different bytes, too.
  return isCompressed(first.flag) ? "cannot be compared" : "differs";
}

function haveSameBeginning(first: Uint8Array, second: Uint8Array): boolean {
  const length = Math.min(first.length, second.length);
  return first.subarray(0, length).every((byte, at) => byte === second[at]);
}

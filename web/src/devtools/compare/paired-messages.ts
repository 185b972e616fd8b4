import type { CallMessage } from "./use-messages.ts";

/** The messages of two calls that have the same number in their direction. */
export interface PairedMessages {
  /** Counts the messages of the direction from 1, those that are not kept among them. */
  readonly number: number;
  readonly first: CallMessage | undefined;
  readonly second: CallMessage | undefined;
  /** The call that had a message of that number, too, which is not kept; undefined where both are kept or one call has none. */
  readonly notKept: "first" | "second" | undefined;
}

/** Pairs the messages kept of one direction of two calls by their numbers, so that a pair stays one while calls go on and their older messages go. */
export function pairedMessages(
  first: readonly CallMessage[],
  second: readonly CallMessage[],
): readonly PairedMessages[] {
  const [ofFirst, ofSecond] = [byNumber(first), byNumber(second)];
  const numbers = [...new Set([...ofFirst.keys(), ...ofSecond.keys()])].sort((a, b) => a - b);
  return numbers.map((number) => {
    const pair = { number, first: ofFirst.get(number), second: ofSecond.get(number) };
    const lacksFirst = pair.first === undefined && number < lastOf(first);
    const lacksSecond = pair.second === undefined && number < lastOf(second);
    return { ...pair, notKept: lacksFirst ? "first" : lacksSecond ? "second" : undefined };
  });
}

function byNumber(messages: readonly CallMessage[]): ReadonlyMap<number, CallMessage> {
  return new Map(messages.map((message) => [message.frame.numberOfKind, message]));
}

/** The number of the latest message that is kept; 0 where none is. */
function lastOf(messages: readonly CallMessage[]): number {
  return messages.at(-1)?.frame.numberOfKind ?? 0;
}

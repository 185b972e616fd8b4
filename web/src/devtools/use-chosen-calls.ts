import type { RecordedCall } from "@triptych/rpc-web";
import { useState } from "react";

/** Which calls of the list are shown, and how that changes. */
export interface ChosenCalls {
  /** The call that is shown, or the first of two that are compared; undefined while there is none. */
  readonly first: RecordedCall | undefined;
  /** The call that it is compared with. */
  readonly second: RecordedCall | undefined;
  /** Whether the next call chosen is the one to compare with. */
  readonly isChoosingSecond: boolean;
  choose(id: number): void;
  /** Has the next call chosen be compared with the one that is shown. */
  compare(): void;
  /** Goes back by one: from two calls, or the choice of the second, to one, and from that to the list. */
  back(): void;
}

interface Choice {
  readonly first?: number;
  readonly isComparing?: boolean;
  readonly second?: number;
}

/** Nothing is chosen at first. What is no longer kept is no longer chosen. */
export function useChosenCalls(calls: readonly RecordedCall[]): ChosenCalls {
  const [choice, setChoice] = useState<Choice>({});
  const find = (id: number | undefined) => calls.find((call) => call.id === id);
  const first = find(choice.first);
  const second = first && find(choice.second);
  const isComparing = first !== undefined && choice.isComparing === true;
  return {
    first,
    second,
    isChoosingSecond: isComparing && second === undefined,
    choose(id) {
      if (first === undefined || !isComparing) setChoice({ first: id });
      else if (id !== first.id) setChoice({ ...choice, second: id });
    },
    compare: () => setChoice({ ...choice, isComparing: true }),
    back: () => setChoice(first !== undefined && isComparing ? { first: first.id } : {}),
  };
}

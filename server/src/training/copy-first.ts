import type { Delay } from "../domain/delay.ts";
import type { ModelKeeperOptions } from "./keep-model.ts";

type Runs = Pick<ModelKeeperOptions, "train" | "update">;

/** How copies are made. */
export interface Copying {
  /** Brings the copy to what there is at the time of the call, or later. */
  readonly copy: () => Promise<void>;
  readonly delay: Delay;
}

/** How long after a copy has failed comes the next attempt, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * Has what trains a model and what keeps it up to date read a folder to which ratings are copied first: before a training, which fails with the copy, before
 * updates begin and before each time that they are to look, which wait until the copy succeeds.
 */
export function copyFirst({ copy, delay }: Copying, { train, update }: Runs): Runs {
  async function copyAtLast(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await copy();
      } catch {
        // Health says what is wrong with the store.
        await delay(RETRY_MS, signal);
      }
    }
  }

  return {
    async train(order, onMessage, signal) {
      await copy();
      await train(order, onMessage, signal);
    },
    update(order, onMessage, signal) {
      const begun = copyAtLast(signal).then(() => update(order, onMessage, signal));
      let isAsked = false;
      async function lookAgain(): Promise<void> {
        const { look } = await begun;
        // Those who ask from here on may have more to be copied.
        isAsked = false;
        await copyAtLast(signal);
        look();
      }
      return {
        look() {
          if (isAsked) return;
          isAsked = true;
          // It fails where the updates do, or end, of which `ended` tells.
          lookAgain().catch(() => undefined);
        },
        ended: begun.then(({ ended }) => ended),
      };
    },
  };
}

import { createSendWindow } from "./send-window.ts";

/** The flow-control window of one sender that waits for it: nothing is taken while an earlier call of `take` waits. */
export interface WaitingSendWindow {
  /** Takes 1 to `most` bytes, as many as there are; waits while there are none. Resolves with 0 once the window is closed. */
  take(most: number): Promise<number>;
  /**
   * Adds a window update of the other end.
   * @throws ProtocolError when the window would be larger than one may be.
   */
  update(bytes: number): void;
  /** The stream has ended: what waits resolves. */
  close(): void;
}

/** Creates the window that every stream starts with. */
export function createWaitingSendWindow(): WaitingSendWindow {
  const window = createSendWindow();
  let closed = false;
  let wake: (() => void) | undefined;
  const wakeUp = () => {
    wake?.();
    wake = undefined;
  };
  return {
    async take(most) {
      while (!closed) {
        const taken = window.take(most);
        if (taken > 0) return taken;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return 0;
    },
    update(bytes) {
      window.update(bytes);
      wakeUp();
    },
    close() {
      closed = true;
      wakeUp();
    },
  };
}

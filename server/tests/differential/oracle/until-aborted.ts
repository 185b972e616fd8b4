import { endIterator } from "@triptych/rpc/call/end-iterator.ts";
import { raceSignal } from "@triptych/rpc/call/race-signal.ts";

/**
 * Yields what the messages yield; once the signal is aborted rejects with its reason, also while the messages are being waited for.
 * Never waits for messages that it gives up.
 */
export async function* untilAborted<T>(messages: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = messages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const result = await raceSignal(iterator.next(), signal);
      if (result.done) return;
      yield result.value;
    }
  } finally {
    void endIterator(iterator);
  }
}

/** Messages on their way into a call: their reader waits for the next one until the queue is closed. */
export interface SendQueue<M> extends AsyncIterable<M> {
  /** Adds a message; nothing happens once the queue is closed. */
  push(message: M): void;
  /** Ends the queue after what is in it. */
  close(): void;
}

/** A queue for one reader. */
export function createSendQueue<M>(): SendQueue<M> {
  const waiting: M[] = [];
  let isClosed = false;
  let change = Promise.withResolvers<void>();
  const tell = () => {
    change.resolve();
    change = Promise.withResolvers();
  };
  return {
    push(message) {
      if (isClosed) return;
      waiting.push(message);
      tell();
    },
    close() {
      isClosed = true;
      tell();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const message = waiting.shift();
        if (message !== undefined) yield message;
        else if (isClosed) return;
        else await change.promise;
      }
    },
  };
}

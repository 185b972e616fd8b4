/** Where messages wait to be sent, in order. */
export interface Outbox<T> {
  /** Adds a message; ignored once it is closed. */
  push(message: T): void;
  /** No more messages come. */
  close(): void;
  /** The messages, those to come too; to be read once. */
  messages(): AsyncGenerator<T>;
}

/** Creates an empty outbox. */
export function createOutbox<T>(): Outbox<T> {
  const queue: T[] = [];
  let isClosed = false;
  let wake: () => void = () => undefined;
  return {
    push(message) {
      if (isClosed) return;
      queue.push(message);
      wake();
    },
    close() {
      isClosed = true;
      wake();
    },
    async *messages() {
      for (;;) {
        const message = queue.shift();
        if (message !== undefined) yield message;
        else if (isClosed) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

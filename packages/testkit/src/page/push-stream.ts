/** A stream that a test feeds by hand. */
export interface PushStream<T> extends AsyncIterable<T> {
  push(...messages: T[]): void;
  end(): void;
  fail(reason: unknown): void;
}

/** A stream without messages. Reading it waits for what the test pushes; it takes no notice of any signal. */
export function createPushStream<T>(): PushStream<T> {
  const queue: T[] = [];
  let finish: (() => T | undefined) | undefined;
  let wake = Promise.withResolvers<void>();
  const change = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  return {
    push(...messages) {
      queue.push(...messages);
      change();
    },
    end() {
      finish = () => undefined;
      change();
    },
    fail(reason) {
      finish = () => {
        throw reason;
      };
      change();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const message = queue.shift();
        if (message !== undefined) yield message;
        else if (finish !== undefined) return void finish();
        else await wake.promise;
      }
    },
  };
}

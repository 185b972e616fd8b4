import type { CallOptions } from "@connectrpc/connect";

/** A stream of messages that a test reads one by one. Disposing of it leaves it. */
export interface OpenStream<T> extends AsyncDisposable {
  /** The next message; rejects with the error of the stream, or when it has ended. */
  next(): Promise<T>;
  /** The next messages, as many as asked for. */
  take(count: number): Promise<T[]>;
  /** Cancels the call, if it has not ended. */
  leave(): void;
}

/** Opens a stream by a call that takes options. */
export function openStream<T>(call: (options: CallOptions) => AsyncIterable<T>): OpenStream<T> {
  const left = new AbortController();
  const iterator = call({ signal: left.signal })[Symbol.asyncIterator]();
  const next = async () => {
    const result = await iterator.next();
    if (result.done) throw new Error("the stream has ended");
    return result.value;
  };
  return {
    next,
    async take(count) {
      const messages: T[] = [];
      while (messages.length < count) messages.push(await next());
      return messages;
    },
    leave: () => left.abort(),
    async [Symbol.asyncDispose]() {
      left.abort();
      // The end of a stream that was left is an error by design.
      await iterator.next().catch(() => undefined);
    },
  };
}

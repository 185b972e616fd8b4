/** Told what becomes of the messages of a stream, and never again after that. */
export interface StreamEnd {
  /** There are no more. */
  finished?(): void;
  /** They failed; returns what whoever reads is told instead. */
  failed(error: unknown): unknown;
  /** Whoever read them has left. */
  left?(): void;
}

/** The same messages, with someone told of their end. No generator: that would cost every message several promises. */
export function watchMessages<T>(messages: AsyncIterable<T>, end: StreamEnd): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = messages[Symbol.asyncIterator]();
      let over = false;
      const pass = (result: IteratorResult<T>) => {
        if (result.done === true && !over) {
          over = true;
          end.finished?.();
        }
        return result;
      };
      const fail = (error: unknown) => {
        if (over) throw error;
        over = true;
        throw end.failed(error);
      };
      return {
        next: () => iterator.next().then(pass, fail),
        async return(value) {
          if (!over) {
            over = true;
            end.left?.();
          }
          return (await iterator.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}

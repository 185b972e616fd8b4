/**
 * The same request messages; calls `waits` when their reader has had one and asks for the next, or will have none. Until then an
 * implementation of a conversation may set response headers by what it has read, and they have to be held: as with gRPC, whoever
 * converses sends the first message before waiting for an answer. An implementation that answers sooner ends that by its answer.
 */
export function holdHeaders<T>(messages: AsyncIterable<T>, waits: () => void): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = messages[Symbol.asyncIterator]();
      let isRead = false;
      const read = (result: IteratorResult<T>) => {
        isRead = true;
        // Nothing more will be asked for; what is done before the event loop turns comes before that.
        if (result.done === true) setImmediate(waits);
        return result;
      };
      return {
        next() {
          if (isRead) waits();
          return iterator.next().then(read);
        },
        async return(value) {
          return (await iterator.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}

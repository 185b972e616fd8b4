import type { FeedEvent, FeedUpdate } from "./feed.ts";

/** The messages of a feed for one of its followers; see `createFeedMessages`. */
export type FeedMessages<T, M> = (follow: () => AsyncIterable<FeedUpdate<T>>) => AsyncIterableIterator<M, undefined>;

/**
 * Makes the messages of a feed of its updates. That of an event is made once for all followers, and frozen all through, which says
 * that it may be shared down to its bytes. A feed is followed when its first message is asked for.
 */
export function createFeedMessages<T, M extends object>(messageOf: (update: FeedUpdate<T>) => M): FeedMessages<T, M> {
  const shared = new WeakMap<FeedEvent<T>, M>();

  function sharedMessage(event: FeedEvent<T>): M {
    const known = shared.get(event);
    if (known !== undefined) return known;
    const made = freezeAll(messageOf(event));
    shared.set(event, made);
    return made;
  }

  return (follow) => {
    let updates: AsyncIterator<FeedUpdate<T>> | undefined;
    return {
      async next() {
        updates ??= follow()[Symbol.asyncIterator]();
        const { done, value } = await updates.next();
        if (done === true) return { done, value: undefined };
        return { done: false, value: value.kind === "event" ? sharedMessage(value) : messageOf(value) };
      },
      async return() {
        await updates?.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
}

function freezeAll<V extends object>(value: V): V {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) freezeAll(part);
  return Object.freeze(value);
}

type Followed<T> = AsyncIterator<T, undefined>;

/**
 * Follows what `open` gives, which is called when the first update is asked for; `close` is called once where it was, when the follower has
 * left or failed.
 */
export function followWhenOpen<T>(open: () => Promise<Followed<T>>, close: () => void): AsyncIterable<T> {
  return new OpeningFollower(open, close);
}

/** No generator: its `return` would have to wait for the `next` before it. */
class OpeningFollower<T> implements AsyncIterableIterator<T, undefined> {
  private readonly open: () => Promise<Followed<T>>;
  private readonly close: () => void;
  private opening: Promise<Followed<T>> | undefined;
  private followed: Followed<T> | undefined;
  private hasLeft = false;

  constructor(open: () => Promise<Followed<T>>, close: () => void) {
    this.open = open;
    this.close = close;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.hasLeft) return { done: true, value: undefined };
    try {
      this.opening ??= this.open();
      this.followed ??= await this.opening;
      // It may have left while this was opened, and what has been left before its first update still gives that.
      return await (this.hasLeft ? this.return() : this.followed.next());
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.leave();
    await this.followed?.return?.();
    return { done: true, value: undefined };
  }

  private leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    if (this.opening !== undefined) this.close();
  }
}

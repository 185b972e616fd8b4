/** Work done in slices: at every `yield` others may run. */
export type Work<T> = Generator<undefined, T>;

/** Does the work, letting `pause` resolve between its slices. Rejects with what the work throws, or with what `pause` does. */
export async function runWork<T>(work: Work<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
    await pause();
  }
}

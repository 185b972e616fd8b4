import { onTestFinished } from "vitest";

/** Messages of a client that does not end its side: the ones given, and then none before the test is over. */
export async function* neverEnding<T>(...messages: readonly T[]): AsyncGenerator<T> {
  const { promise, resolve } = Promise.withResolvers<void>();
  onTestFinished(() => resolve());
  yield* messages;
  await promise;
}

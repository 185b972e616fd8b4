import {
  COUNTS_AGAIN_MS,
  decayed,
  LEAST_TREND,
  READER_EVENT_WEIGHTS,
  type ReaderEvent,
  type ReaderEventStore,
} from "../domain/reader-events.ts";

/** A store for tests that keeps every event that counts and adds them all up whenever it is asked; without bounds. */
export function createInMemoryReaderEventStore({ clock }: { readonly clock: () => Date }): ReaderEventStore {
  const counted: { readonly event: ReaderEvent; readonly time: number }[] = [];

  function isCounted({ userId, bookId, kind }: ReaderEvent, time: number): boolean {
    return !counted.some(
      ({ event, time: before }) =>
        userId !== undefined &&
        event.userId === userId &&
        event.bookId === bookId &&
        event.kind === kind &&
        Math.abs(time - before) < COUNTS_AGAIN_MS,
    );
  }

  return {
    async record(events) {
      const before = counted.length;
      const time = clock().getTime();
      for (const event of events) if (isCounted(event, time)) counted.push({ event, time });
      return counted.length - before;
    },
    trending() {
      const now = clock().getTime();
      const scores = new Map<number, number>();
      for (const { event, time } of counted) {
        const worth = decayed(READER_EVENT_WEIGHTS[event.kind], now - time);
        scores.set(event.bookId, (scores.get(event.bookId) ?? 0) + worth);
      }
      return Array.from(scores, ([bookId, score]) => ({ bookId, score }))
        .filter(({ score }) => score >= LEAST_TREND)
        .sort((a, b) => b.score - a.score || a.bookId - b.bookId);
    },
  };
}

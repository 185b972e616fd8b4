import type { TimedEvent } from "./call-timeline.ts";

const most = 50;

/** What was sent in a call, the latest texts, each once: what comes back may hold them. */
export function sentTexts(events: readonly TimedEvent[]): readonly string[] {
  const texts = new Set(events.flatMap(({ event }) => (event.type === "sent" ? [event.text] : [])));
  return [...texts].slice(-most);
}

import type { WireTap } from "./wire-switch.ts";

/**
 * A `fetch` for transports whose calls the tap's recorder takes down. While there is no recorder it is the plain `fetch`:
 * nothing is copied or wrapped. Requests are to be given as an address and options, as transports do.
 */
export function recordingFetch(fetch: typeof globalThis.fetch, tap: WireTap): typeof globalThis.fetch {
  return (input, init) => (tap.recorder === undefined ? fetch(input, init) : recorded(fetch, tap, input, init));
}

async function recorded(
  fetch: typeof globalThis.fetch,
  tap: WireTap,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const recorder = await tap.recorder;
  if (recorder === undefined) return fetch(input, init);
  const { recordFetch } = await import("./record-fetch.ts");
  return recordFetch(recorder, fetch, input, init);
}

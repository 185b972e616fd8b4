import type { RecorderSource } from "./call-recorder.ts";

/**
 * A `fetch` for transports whose calls are recorded. While there is no recorder it is the plain `fetch`: nothing is copied or
 * wrapped. Requests are to be given as an address and options, as transports do.
 */
export function recordingFetch(fetch: typeof globalThis.fetch, source: RecorderSource): typeof globalThis.fetch {
  return (input, init) => {
    const recorder = source();
    return recorder === undefined ? fetch(input, init) : recorded(fetch, recorder, input, init);
  };
}

async function recorded(
  fetch: typeof globalThis.fetch,
  loading: ReturnType<RecorderSource>,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const recorder = await loading;
  if (recorder === undefined) return fetch(input, init);
  const { recordFetch } = await import("./record-fetch.ts");
  return recordFetch(recorder, fetch, input, init);
}

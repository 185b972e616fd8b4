import type { RecorderSource } from "./call-recorder.ts";
import type { recordFetch } from "./record-fetch.ts";

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
  const [recorder, record] = await Promise.all([loading, loadedRecordFetch()]);
  return recorder === undefined || record === undefined ? fetch(input, init) : record(recorder, fetch, input, init);
}

let loaded: typeof recordFetch | undefined;

/** The code that records, beside that of the recorder; undefined where it cannot be loaded: the call goes on without it, and the next one tries again. */
async function loadedRecordFetch(): Promise<typeof recordFetch | undefined> {
  try {
    loaded ??= (await import("./record-fetch.ts")).recordFetch;
  } catch {
    // A fault of a recording must not become a fault of the call.
  }
  return loaded;
}

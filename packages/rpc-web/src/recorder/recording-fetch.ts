import { browserClock } from "../environment/browser-environment.ts";
import type { StreamEnvironment } from "../environment/stream-environment.ts";
import type { RecorderSource } from "./call-recorder.ts";
import { createLoadWait } from "./load-wait.ts";
import type { recordFetch } from "./record-fetch.ts";

/**
 * A `fetch` for transports whose calls are recorded. While there is no recorder it is the plain `fetch`: nothing is copied or
 * wrapped. Requests are to be given as an address and options, as transports do. The code that records loads from now on; calls wait for it and for a recorder that is being
 * loaded, until their signal is aborted and for a second from now at most, and go on unrecorded.
 */
export function recordingFetch(
  fetch: typeof globalThis.fetch,
  source: RecorderSource,
  environment: Pick<StreamEnvironment, "now" | "schedule"> = browserClock,
): typeof globalThis.fetch {
  const wait = createLoadWait(environment);
  void loadRecordFetch();
  const recorded = async (
    given: NonNullable<ReturnType<RecorderSource>>,
    input: RequestInfo | URL,
    init: RequestInit | undefined,
  ): Promise<Response> => {
    const signal = init?.signal ?? undefined;
    const recorder = given instanceof Promise ? await wait(given, signal) : given;
    const record = loaded ?? (await wait(loadRecordFetch(), signal));
    return recorder === undefined || record === undefined ? fetch(input, init) : record(recorder, fetch, input, init);
  };
  return (input, init) => {
    const recorder = source();
    return recorder === undefined ? fetch(input, init) : recorded(recorder, input, init);
  };
}

let loaded: typeof recordFetch | undefined;
let loading: Promise<typeof recordFetch | undefined> | undefined;

/** The code that records, beside that of the recorder; undefined where it cannot be loaded: the call goes on without it, and the next one tries again. */
function loadRecordFetch(): Promise<typeof recordFetch | undefined> {
  loading ??= import("./record-fetch.ts").then(
    (code) => {
      loaded = code.recordFetch;
      return loaded;
    },
    // A fault of a recording must not become a fault of the call.
    () => {
      loading = undefined;
      return undefined;
    },
  );
  return loading;
}

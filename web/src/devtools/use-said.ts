import type { Registry } from "@bufbuild/protobuf";
import type { RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { useEffect, useMemo, useState } from "react";
import { decodeWhole } from "./decode-whole.ts";

/** How long frames are read before the page may do something else, in milliseconds. */
const SLICE_MS = 8;

/** What of calls can be searched. */
export interface Said {
  /** Whether a frame of a call says a word, given in lower case. */
  says(call: RecordedCall, word: string): boolean;
  /** Whether there are frames that are not read yet. */
  readonly isReading: boolean;
}

/**
 * Looks into what the frames of calls say, in any case. They are read once, when it is `wanted` for the first time, a few at a time; until then, and
 * for what cannot be decoded, they say nothing.
 */
export function useSaid(calls: readonly RecordedCall[], types: Registry, wanted: boolean): Said {
  // What was read is let go with the search: as text it takes more than the recorder keeps.
  const said = useMemo(() => (wanted ? new WeakMap<RecordedFrame, string>() : undefined), [wanted]);
  const [readOf, setReadOf] = useState<readonly RecordedCall[]>();
  useEffect(() => {
    if (said === undefined) return;
    const stop = new AbortController();
    void read(calls, types, said, stop.signal).then(() => {
      if (!stop.signal.aborted) setReadOf(calls);
    });
    return () => stop.abort();
  }, [calls, types, said]);
  return {
    says: (call, word) => call.frames.some((frame) => said?.get(frame)?.includes(word) === true),
    isReading: wanted && readOf !== calls,
  };
}

/** Reads the frames that were not yet, until it is aborted. */
async function read(
  calls: readonly RecordedCall[],
  types: Registry,
  said: WeakMap<RecordedFrame, string>,
  signal: AbortSignal,
): Promise<void> {
  let since = performance.now();
  for (const call of calls) {
    for (const frame of call.frames) {
      if (said.has(frame)) continue;
      const decoded = await decodeWhole(frame, call, types);
      said.set(frame, decoded.kind === "unreadable" ? "" : decoded.text.toLowerCase());
      if (performance.now() - since > SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
      if (signal.aborted) return;
    }
  }
}

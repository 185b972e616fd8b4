import type { Registry } from "@bufbuild/protobuf";
import type { Decoded, RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { useEffect, useMemo, useState } from "react";
import { readFrames } from "./read-frames.ts";

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
    void readFrames(calls, types, said, stop.signal, lowerCase).then(() => {
      if (!stop.signal.aborted) setReadOf(calls);
    });
    return () => stop.abort();
  }, [calls, types, said]);
  return {
    says: (call, word) => call.frames.some((frame) => said?.get(frame)?.includes(word) === true),
    isReading: wanted && readOf !== calls,
  };
}

function lowerCase(decoded: Decoded): string {
  return decoded.kind === "unreadable" ? "" : decoded.text.toLowerCase();
}

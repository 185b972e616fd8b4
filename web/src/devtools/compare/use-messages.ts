import type { Registry } from "@bufbuild/protobuf";
import type { Decoded, Direction, RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { useEffect, useReducer, useState } from "react";
import { readFrames } from "../read-frames.ts";

/** A message of a call; its frame has its number in its direction. */
export interface CallMessage {
  readonly frame: RecordedFrame;
  /** What it says, or why that is not known; undefined while it is being read. */
  readonly decoded: Decoded | undefined;
}

/** The messages of a call by direction that are kept, read a few at a time. */
export function useMessages(call: RecordedCall, types: Registry): Readonly<Record<Direction, readonly CallMessage[]>> {
  const [read] = useState(() => new WeakMap<RecordedFrame, Decoded>());
  const [, show] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stop = new AbortController();
    void readFrames([call], types, read, stop.signal, (decoded) => decoded).then(() => {
      if (!stop.signal.aborted) show();
    });
    return () => stop.abort();
  }, [call, types, read]);
  const messages = (direction: Direction) =>
    call.frames
      .filter((frame) => frame.direction === direction && frame.meaning === "message")
      .map((frame) => ({ frame, decoded: read.get(frame) }));
  return { sent: messages("sent"), received: messages("received") };
}

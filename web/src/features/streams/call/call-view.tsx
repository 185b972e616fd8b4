import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { CallLanes, type LaneScale } from "../lanes/call-lanes.tsx";
import { CallLog } from "./call-log.tsx";
import { LaneReadouts } from "./lane-readouts.tsx";
import type { StreamCall } from "./use-stream-call.ts";

/** Which call to show. */
export interface CallViewProps {
  /** The kind of call, which begins the name of the log. */
  readonly kind: string;
  readonly call: StreamCall;
  readonly scale: LaneScale;
}

/** A call as it goes: its lanes, its latest messages, its log, and why it failed if it did. */
export function CallView({ kind, call: { timeline, error }, scale }: CallViewProps) {
  return (
    <>
      <CallLanes timeline={timeline} scale={scale} />
      <LaneReadouts timeline={timeline} />
      <CallLog label={`${kind} messages`} timeline={timeline} />
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}

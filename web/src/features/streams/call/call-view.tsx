import { Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import type { LaneScale } from "../lanes/lane-scale.ts";
import { CallLog } from "./call-log.tsx";
import classes from "./call-view.module.css";
import { LaneReadouts } from "./lane-readouts.tsx";
import type { StreamCall } from "./use-stream-call.ts";

// The log has all of it in words: a picture that cannot be loaded leaves only its place.
const CallLanes = lazyPart(
  async () => (await import("../lanes/call-lanes.tsx")).CallLanes,
  () => null,
);

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
      <div className={classes.lanes}>
        <Suspense fallback={null}>
          <CallLanes timeline={timeline} scale={scale} />
        </Suspense>
      </div>
      <LaneReadouts timeline={timeline} />
      <CallLog label={`${kind} messages`} timeline={timeline} />
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}

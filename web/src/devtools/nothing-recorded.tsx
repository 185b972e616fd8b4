import { defaultRecorderLimits } from "@triptych/rpc-web";
import { bytesText } from "../text/amount-text.ts";
import classes from "./recorder-dock.module.css";

/** Why there is no call to show. */
export interface NothingRecordedProps {
  readonly filter: string;
  /** Whether the messages are still being read. */
  readonly isReading: boolean;
  readonly paused: boolean;
  readonly hasCalls: boolean;
}

/** What stands where the calls would: why there are none, and what to do for some. */
export function NothingRecorded({ filter, isReading, paused, hasCalls }: NothingRecordedProps) {
  if (hasCalls && isReading) return <p className={classes.empty}>Looking into the messages…</p>;
  if (hasCalls)
    return <p className={classes.empty}>No call has “{filter}” in its method, protocol, kind, status or messages.</p>;
  if (paused) return <p className={classes.empty}>Paused: new calls are not recorded.</p>;
  return (
    <div className={classes.empty}>
      <p>No calls yet. Each is listed here as it is made, also while this panel is closed.</p>
      <p>The latest {bytesText(defaultRecorderLimits.totalBytes)} are kept, in the memory of this page alone.</p>
    </div>
  );
}

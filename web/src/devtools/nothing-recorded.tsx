import { Button } from "@mantine/core";
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
      <p>No calls have been made since this panel was opened.</p>
      <p>
        Calls that began before are not shown. The panel stays open when the page is loaded again, and then it shows
        every call from the first.
      </p>
      <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
        Load the page again
      </Button>
    </div>
  );
}

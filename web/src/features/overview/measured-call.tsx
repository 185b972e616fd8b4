import type { Direction, RecordedCall } from "@triptych/rpc-web";
import { frameText } from "./frame-text.ts";
import classes from "./protocol-comparison.module.css";

/** A call to show. */
export interface MeasuredCallProps {
  /** The protocol it was made in. */
  readonly title: string;
  /** Absent before it is measured. */
  readonly call: RecordedCall | undefined;
  /** What stands in place of the time, where there is none. */
  readonly withoutTime?: string;
}

/** What crossed for one call: the bytes of both directions with their counts, and the time. */
export function MeasuredCall({ title, call, withoutTime }: MeasuredCallProps) {
  const time = call?.endedAfter;
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.figures}>
        <Figure name="Sent" value={call && amount(call.sentBytes, call.sentFrames)} />
        <Figure name="Received" value={call && amount(call.receivedBytes, call.receivedFrames)} />
        <Figure name="Time" value={time === undefined ? call && withoutTime : `${time.toFixed(1)} ms`} />
      </dl>
      {call !== undefined && (
        <>
          <Bytes call={call} direction="sent" label="Sent" />
          <Bytes call={call} direction="received" label="Received" />
        </>
      )}
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd>{value ?? "–"}</dd>
    </div>
  );
}

function amount(bytes: number, frames: number): string {
  return `${bytes} bytes in ${frames} ${frames === 1 ? "frame" : "frames"}`;
}

interface BytesProps {
  readonly call: RecordedCall;
  readonly direction: Direction;
  readonly label: string;
}

function Bytes({ call, direction, label }: BytesProps) {
  return (
    <ul aria-label={`${label}, frame by frame`} className={classes.frames}>
      {call.frames
        .filter((frame) => frame.direction === direction)
        .map((frame) => (
          <li key={frame.number} className={classes.frame}>
            {frameText(frame)}
          </li>
        ))}
    </ul>
  );
}

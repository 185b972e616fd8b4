import { useId } from "react";
import classes from "./interval-slider.module.css";
import { intervals, intervalText } from "./stream-settings.ts";

/** What the slider shows and tells. */
export interface IntervalSliderProps {
  /** The interval chosen, in milliseconds. */
  readonly valueMs: number;
  readonly onChange: (ms: number) => void;
  /** What is wrong with the interval. */
  readonly error: string | undefined;
}

/** Chooses the time between two greetings, from 10 ms to a minute, in steps that grow with it. */
export function IntervalSlider({ valueMs, onChange, error }: IntervalSliderProps) {
  const id = useId();
  const text = intervalText(valueMs);
  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <label htmlFor={id}>Interval</label>
        <span className={classes.value}>{text}</span>
      </div>
      <input
        id={id}
        className={classes.slider}
        type="range"
        min={0}
        max={intervals.length - 1}
        step={1}
        value={intervals.indexOf(valueMs)}
        onChange={(event) => onChange(intervals[event.currentTarget.valueAsNumber] ?? valueMs)}
        aria-valuetext={text}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
      />
      <div className={classes.ends} aria-hidden>
        <span>{intervalText(intervals.at(0) ?? 0)}</span>
        <span>{intervalText(intervals.at(-1) ?? 0)}</span>
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={classes.error}>
          The interval {error}
        </p>
      )}
    </div>
  );
}

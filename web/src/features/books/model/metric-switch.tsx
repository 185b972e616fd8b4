import { useId } from "react";
import classes from "./metric-switch.module.css";
import { type QualityMetric, qualityMetrics } from "./quality-metrics.ts";

/** Which measure is shown, and who wants to know. */
export interface MetricSwitchProps {
  readonly metric: QualityMetric;
  readonly onChange: (metric: QualityMetric) => void;
}

/** Chooses the measure of a chart. */
export function MetricSwitch({ metric, onChange }: MetricSwitchProps) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label="Measure" className={classes.switch}>
      {qualityMetrics.map((one) => (
        <label key={one.id} className={classes.choice} data-chosen={one === metric || undefined}>
          <input
            type="radio"
            name={name}
            checked={one === metric}
            onChange={() => onChange(one)}
            className={classes.input}
          />
          {one.name}
        </label>
      ))}
    </div>
  );
}

import type { ModelQuality } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { CSSProperties } from "react";
import classes from "./quality-bar.module.css";
import type { QualityMetric } from "./quality-metrics.ts";

/** What a bar shows. */
export interface QualityBarProps {
  readonly quality: ModelQuality;
  readonly metric: QualityMetric;
  /** The figure that fills the whole width. */
  readonly most: number;
}

/** A bar of the chart: the model, how good it is, and how sure that is. */
export function QualityBar({ quality, metric: { id, text, errorOf }, most }: QualityBarProps) {
  const value = quality[id];
  const error = errorOf?.(quality);
  const share = (amount: number) => `${Math.max(0, Math.min(1, amount / most)) * 100}%`;
  const whisker: CSSProperties | undefined =
    error === undefined ? undefined : { insetInlineStart: share(value - error), width: share(2 * error) };
  return (
    <div className={classes.row} data-served={quality.served || undefined}>
      <p className={classes.line}>
        <span>
          {quality.name}
          {quality.served && <span className={classes.served}> · served</span>}
        </span>
        <span className={classes.value}>{text(quality)}</span>
      </p>
      <div className={classes.track}>
        <span className={classes.bar} style={{ width: share(value) }} />
        {whisker !== undefined && <span className={classes.whisker} style={whisker} />}
      </div>
    </div>
  );
}

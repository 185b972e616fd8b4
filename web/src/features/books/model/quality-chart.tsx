import { SegmentedControl, VisuallyHidden } from "@mantine/core";
import type { Evaluation } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useState } from "react";
import segmented from "../../../components/segmented-control.module.css";
import { QualityBar } from "./quality-bar.tsx";
import classes from "./quality-chart.module.css";
import { qualityMetrics } from "./quality-metrics.ts";
import { QualityTable } from "./quality-table.tsx";

/** How well the served kind of model foretells likes, beside simpler ones: bars for the eye, a table for the ear. */
export function QualityChart({ evaluation }: { readonly evaluation: Evaluation }) {
  const [metricId, setMetricId] = useState(qualityMetrics[0].id);
  const metric = qualityMetrics.find((one) => one.id === metricId) ?? qualityMetrics[0];
  const { models, method, testReaders } = evaluation;
  const { id, errorOf } = metric;
  const most = Math.max(...models.map((one) => one[id] + 2 * (errorOf?.(one) ?? 0)), Number.MIN_VALUE);
  return (
    <figure className={classes.figure} aria-label="Quality of the model">
      <SegmentedControl
        aria-label="Measure"
        data={qualityMetrics.map(({ id: value, name: label }) => ({ value, label }))}
        value={metricId}
        onChange={setMetricId}
        fullWidth
        withItemsBorders={false}
        classNames={segmented}
      />
      <div aria-hidden className={classes.bars}>
        {models.map((one) => (
          <QualityBar key={one.name} quality={one} metric={metric} most={most} />
        ))}
      </div>
      <VisuallyHidden>
        <QualityTable models={models} />
      </VisuallyHidden>
      <figcaption className={classes.caption}>
        {metric.meaning} Measured with {testReaders.toLocaleString("en")} readers; {lowerFirst(method)}.
        {errorOf !== undefined && " The whiskers are one standard error."}
      </figcaption>
    </figure>
  );
}

// In the middle of a sentence; a word all in capitals stays as it is.
function lowerFirst(text: string): string {
  const sentence = text.trim().replace(/\.$/, "");
  return /^\p{Lu}\p{Ll}/u.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

import { LinePlot } from "../../components/line-plot/line-plot.tsx";
import type { Hue } from "../../components/panel.tsx";
import classes from "./operations.module.css";
import type { OperationsSample } from "./operations-history.ts";

interface Line {
  readonly label: string;
  readonly hue: Hue;
  readonly of: (sample: OperationsSample) => number | undefined;
}

/** How the calls, the event loop and the memory went in the last minutes. */
export function OperationsPlots({ samples }: { readonly samples: readonly OperationsSample[] }) {
  return (
    <div className={classes.plots}>
      <Plot
        title="Calls a second"
        samples={samples}
        lines={[
          { label: "ended", hue: "verdigris", of: ({ callRate }) => callRate },
          { label: "server errors", hue: "vermilion", of: ({ troubleRate }) => troubleRate },
        ]}
      />
      <Plot
        title="Longest turn of the event loop, in milliseconds"
        samples={samples}
        lines={[{ label: "longest turn", hue: "ochre", of: ({ eventLoopMs }) => eventLoopMs }]}
      />
      <Plot
        title="Memory, in megabytes"
        samples={samples}
        lines={[{ label: "memory", hue: "lapis", of: ({ memoryMb }) => memoryMb }]}
      />
    </div>
  );
}

interface PlotProps {
  readonly title: string;
  readonly samples: readonly OperationsSample[];
  readonly lines: readonly Line[];
}

function Plot({ title, samples, lines }: PlotProps) {
  const now = samples.at(-1)?.at ?? 0;
  const series = lines.map(({ label, hue, of }) => ({
    ...{ label, hue },
    points: samples.map((sample) => ({ x: sample.at - now, y: of(sample) })),
  }));
  const most = Math.max(1, ...series.flatMap(({ points }) => points.map(({ y = 0 }) => y)));
  const last = series.map(({ label, points }) => `${label} ${(points.at(-1)?.y ?? 0).toFixed(1)}`).join(", ");
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <LinePlot
        label={`${title}, over the last seconds; now ${last}`}
        series={series}
        xRange={[Math.min(-60, (samples[0]?.at ?? 0) - now), 0]}
        yRange={[0, most * 1.1]}
        height={170}
      />
    </section>
  );
}

import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { LinePlot } from "../../../components/line-plot/line-plot.tsx";
import type { Point } from "../../../components/line-plot/plot-scale.ts";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import type { FlowSample } from "./flow-meter.ts";
import classes from "./flow-panel.module.css";
import { useFlow } from "./use-flow.ts";

const readers = [
  { label: "reads everything at once", value: "Infinity" },
  { label: "reads 100 a second", value: "100" },
  { label: "reads 10 a second", value: "10" },
];

/** A stream in both directions, with its rates and its latency as they change: a slow reader slows the sender down. */
export function FlowPanel() {
  const [reader, setReader] = useState("Infinity");
  const [isPaused, setIsPaused] = useState(false);
  const { isRunning, samples, error, start, stop } = useFlow(isPaused ? 0 : Number(reader));
  const last = samples.at(-1);
  const word = isRunning ? (isPaused ? "reading paused" : "running") : samples.length > 0 ? "stopped" : "idle";
  return (
    <Panel
      title="Rate, latency and back-pressure"
      aside={
        <span role="status" aria-label="Flow state">
          {word}
        </span>
      }
    >
      <p className={classes.lede}>
        The page sends numbers with RunningTotal, over its WebSocket, up to a thousand a second, and each has one
        answer. Slow the reader down: answers pile up until the flow-control window is full, the server waits, and soon
        the page can send no faster than it reads: now the times to send and to read grow. No message is lost.
      </p>
      <div className={classes.controls}>
        <Button onClick={isRunning ? stop : start} {...(isRunning && { variant: "default" })}>
          {isRunning ? "Stop" : "Start"}
        </Button>
        <NativeSelect
          label="The page"
          data={readers}
          value={reader}
          onChange={(event) => setReader(event.currentTarget.value)}
        />
        <Button
          variant={isPaused ? "filled" : "default"}
          aria-pressed={isPaused}
          onClick={() => setIsPaused(!isPaused)}
        >
          Pause reading
        </Button>
      </div>
      {error !== undefined && <ErrorNotice error={error} onRetry={start} />}
      <dl className={classes.figures}>
        <Figure name="Sent a second" value={last?.sentRate} />
        <Figure name="Read a second" value={last?.receivedRate} />
        <Figure name="Not read yet" value={last?.inFlight} />
        <Figure name="Sending took, ms" value={last?.sendLatency} />
        <Figure name="Answer took, ms" value={last?.latency} />
      </dl>
      <div className={classes.plots}>
        <FlowPlot
          title="Messages a second"
          samples={samples}
          lines={[
            { label: "sent", hue: "vermilion", of: ({ sentRate }) => sentRate },
            { label: "read", hue: "lapis", of: ({ receivedRate }) => receivedRate },
          ]}
        />
        <FlowPlot
          title="Sent and not read yet"
          samples={samples}
          lines={[{ label: "messages", hue: "ochre", of: ({ inFlight }) => inFlight }]}
        />
        <FlowPlot
          title="Latency in milliseconds"
          samples={samples}
          lines={[
            { label: "until it was sent", hue: "vermilion", of: ({ sendLatency }) => sendLatency },
            { label: "until its answer was read", hue: "lapis", of: ({ latency }) => latency },
          ]}
        />
      </div>
    </Panel>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number | undefined }) {
  return (
    <div>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{value === undefined ? "–" : Math.round(value).toLocaleString("en")}</dd>
    </div>
  );
}

interface FlowPlotProps {
  readonly title: string;
  readonly samples: readonly FlowSample[];
  readonly lines: readonly {
    readonly label: string;
    readonly hue: "vermilion" | "lapis" | "ochre" | "verdigris";
    readonly of: (sample: FlowSample) => number | undefined;
  }[];
}

function FlowPlot({ title, samples, lines }: FlowPlotProps) {
  const series = lines.map(({ label, hue, of }) => ({
    label,
    hue,
    points: samples.map((sample): Point => ({ x: sample.at, y: of(sample) })),
  }));
  const most = Math.max(1, ...series.flatMap(({ points }) => points.map(({ y = 0 }) => y)));
  const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <LinePlot
        label={`${title}, over the seconds since the start`}
        series={series}
        xRange={[first, Math.max(last, first + 10)]}
        yRange={[0, most * 1.1]}
        height={180}
      />
    </section>
  );
}

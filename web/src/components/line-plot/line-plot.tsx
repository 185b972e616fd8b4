import { useElementSize } from "@mantine/hooks";
import { useId } from "react";
import type { Hue } from "../panel.tsx";
import classes from "./line-plot.module.css";
import { linePath, type Point, type Range, scale, ticks, tickText } from "./plot-scale.ts";

/** One line. */
export interface PlotSeries {
  /** What it is, in the legend where there is more than one. */
  readonly label: string;
  readonly points: readonly Point[];
  /** Its colour; that of the page where absent. */
  readonly hue?: Hue;
}

/** What to draw. */
export interface LinePlotProps {
  /** What the drawing shows, in words for who does not see it. */
  readonly label: string;
  readonly series: readonly PlotSeries[];
  readonly xRange: Range;
  readonly yRange: Range;
  /** Its height in pixels. */
  readonly height?: number;
  /** How a tick of the axis at the bottom is written. */
  readonly xText?: (value: number) => string;
  /** How a tick of the axis on the left is written. */
  readonly yText?: (value: number) => string;
}

const margin = { top: 10, right: 14, bottom: 24, left: 56 };
/** The width before it is known how much room there is, in pixels. */
const usualWidth = 600;
// Where colours cannot tell lines apart.
const dashes = ["none", "6 4", "2 3", "10 3 2 3"];

/** Lines over a pair of axes, as wide as there is room. */
export function LinePlot({
  label,
  series,
  xRange,
  yRange,
  height = 260,
  xText = tickText,
  yText = tickText,
}: LinePlotProps) {
  const { ref, width: measured } = useElementSize();
  const clipId = useId();
  const width = measured === 0 ? usualWidth : measured;
  const box = { left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
  const x = scale(xRange, [box.left, box.right]);
  const y = scale(yRange, [box.bottom, box.top]);
  return (
    <figure ref={ref} className={classes.figure}>
      <svg role="img" aria-label={label} className={classes.plot} viewBox={`0 0 ${width} ${height}`} height={height}>
        <clipPath id={clipId}>
          <rect
            x={box.left}
            y={box.top - 2}
            width={Math.max(0, box.right - box.left)}
            height={box.bottom - box.top + 4}
          />
        </clipPath>
        {ticks(yRange, height / 60).map((tick) => (
          <g key={tick}>
            <line
              x1={box.left}
              x2={box.right}
              y1={y(tick)}
              y2={y(tick)}
              className={classes.grid}
              data-zero={tick === 0}
            />
            <text x={box.left - 8} y={y(tick)} textAnchor="end" dominantBaseline="middle" className={classes.text}>
              {yText(tick)}
            </text>
          </g>
        ))}
        {ticks(xRange, (box.right - box.left) / 90).map((tick) => (
          <g key={tick}>
            <line
              x1={x(tick)}
              x2={x(tick)}
              y1={box.top}
              y2={box.bottom}
              className={classes.grid}
              data-zero={tick === 0}
            />
            <text x={x(tick)} y={box.bottom + 16} textAnchor="middle" className={classes.text}>
              {xText(tick)}
            </text>
          </g>
        ))}
        <g clipPath={`url(#${clipId})`}>
          {series.map(({ label: name, points, hue }, index) => (
            <path
              key={name}
              d={linePath(points, x, y)}
              className={classes.line}
              data-hue={hue}
              strokeDasharray={dashes[index % dashes.length]}
            />
          ))}
        </g>
      </svg>
      {series.length > 1 && (
        <figcaption className={classes.legend}>
          {series.map(({ label: name, hue }, index) => (
            <span key={name} className={classes.entry} data-hue={hue}>
              <svg aria-hidden width={28} height={8} className={classes.sample}>
                <path d="M0 4H28" className={classes.line} strokeDasharray={dashes[index % dashes.length]} />
              </svg>
              {name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}

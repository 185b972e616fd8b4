import { useId } from "react";
import type { CallTimeline } from "../call/call-timeline.ts";
import classes from "./call-lanes.module.css";
import { type Arrow, layOutArrows, layOutMoments } from "./lane-layout.ts";
import type { LaneScale } from "./lane-scale.ts";
import { useMovingAxis } from "./use-moving-axis.ts";

/** What to draw, and at which scale. */
export interface CallLanesProps {
  readonly timeline: CallTimeline;
  readonly scale: LaneScale;
}

const ROW_HEIGHT = 14;
const CLIENT_Y = 78;
const SERVER_Y = 124;
const AXIS_Y = 158;
const HEIGHT = 176;
/** Far beyond what is ever seen. */
const FAR = 10_000_000;

/**
 * A call as two lifelines, the client's and the server's, with an arrow from one to the other for each message. What it shows
 * the log says in words.
 */
export function CallLanes({ timeline, scale }: CallLanesProps) {
  const { events, startedAt, halfClosedAt, endedAt, state } = timeline;
  const { pixelsPerSecond, tickMs, ticksPerLabel, lingerMs } = scale;
  const labelEveryMs = tickMs * ticksPerLabel;
  const { anchor, lastLabel } = useMovingAxis({ startedAt, endedAt, pixelsPerSecond, lingerMs, labelEveryMs });
  const ticks = useId();
  const xOf = (ms: number) => (ms / 1_000) * pixelsPerSecond;
  const clientEnd = halfClosedAt ?? endedAt;
  return (
    <svg className={classes.lanes} height={HEIGHT} data-state={state} aria-hidden focusable="false">
      <defs>
        <pattern id={ticks} width={xOf(tickMs)} height="8" patternUnits="userSpaceOnUse">
          <path d="M0.5 0v5" className={classes.tick} />
        </pattern>
      </defs>
      <line x1="0" x2="100%" y1={CLIENT_Y} y2={CLIENT_Y} className={classes.rest} />
      <line x1="0" x2="100%" y1={SERVER_Y} y2={SERVER_Y} className={classes.rest} />
      <line x1="0" x2="100%" y1={AXIS_Y} y2={AXIS_Y} className={classes.axis} />
      <svg ref={anchor} x="100%" overflow="visible" aria-hidden>
        <g>
          {startedAt !== undefined && (
            <>
              <g transform={`translate(0 ${AXIS_Y})`}>
                <rect width={FAR} height="8" fill={`url(#${ticks})`} />
                <TickLabels last={lastLabel} spacing={xOf(labelEveryMs)} everyMs={labelEveryMs} />
              </g>
              {layOutMoments(events, pixelsPerSecond).map(({ number, x, label, row }) => (
                <g key={number} transform={`translate(${x} 0)`} className={classes.moment}>
                  <path d={`M0 ${(row + 1) * ROW_HEIGHT + 4}V${AXIS_Y}`} />
                  {label !== undefined && (
                    <text x="3" y={(row + 1) * ROW_HEIGHT}>
                      {label}
                    </text>
                  )}
                </g>
              ))}
              <line x2={clientEnd === undefined ? FAR : xOf(clientEnd)} y1={CLIENT_Y} y2={CLIENT_Y} data-lane="sent" />
              <line x2={endedAt === undefined ? FAR : xOf(endedAt)} y1={SERVER_Y} y2={SERVER_Y} data-lane="received" />
              <Arrows arrows={layOutArrows(events, "sent", pixelsPerSecond)} lane="sent" />
              <Arrows arrows={layOutArrows(events, "received", pixelsPerSecond)} lane="received" />
              {clientEnd !== undefined && <circle cx={xOf(clientEnd)} cy={CLIENT_Y} r="3.5" data-lane="sent" />}
              {endedAt !== undefined && <End x={xOf(endedAt)} isGood={state === "done"} />}
            </>
          )}
        </g>
      </svg>
      <text x="0" y={CLIENT_Y - 5} className={classes.name}>
        client
      </text>
      <text x="0" y={SERVER_Y + 12} className={classes.name}>
        server
      </text>
    </svg>
  );
}

function Arrows({ arrows, lane }: { readonly arrows: readonly Arrow[]; readonly lane: "sent" | "received" }) {
  const isDown = lane === "sent";
  const path = isDown
    ? `M0 ${CLIENT_Y}V${SERVER_Y - 7}m-3.5 -2.5l3.5 7l3.5 -7z`
    : `M0 ${SERVER_Y}V${CLIENT_Y + 7}m-3.5 2.5l3.5 -7l3.5 7z`;
  return arrows.map(({ number, x, label }) => (
    <g key={number} transform={`translate(${x} 0)`} data-lane={lane} className={classes.arrow}>
      <path d={path} />
      {label !== undefined && (
        <text x="4" y={isDown ? CLIENT_Y - 7 : SERVER_Y + 15}>
          {label}
        </text>
      )}
    </g>
  ));
}

function End({ x, isGood }: { readonly x: number; readonly isGood: boolean }) {
  if (isGood) return <circle cx={x} cy={SERVER_Y} r="3.5" data-lane="received" />;
  return <path d={`M${x - 4} ${SERVER_Y - 4}l8 8m0 -8l-8 8`} className={classes.broken} />;
}

/** The figures below the axis; of a long call only the last are ever seen. */
function TickLabels(props: { readonly last: number; readonly spacing: number; readonly everyMs: number }) {
  const { last, spacing, everyMs } = props;
  const first = Math.max(0, last - 40);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).map((label) => (
    <text key={label} x={label * spacing} y="17" className={classes.figure}>
      {timeText(label * everyMs)}
    </text>
  ));
}

function timeText(ms: number): string {
  return ms < 1_000 && ms > 0 ? `${ms} ms` : `${ms / 1_000} s`;
}

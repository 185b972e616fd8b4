import { durationText } from "../../text/amount-text.ts";
import type { TimelineRow } from "./timeline-row.ts";
import classes from "./timeline-table.module.css";

/** The two halves of a call, and how far it is, in milliseconds since it began. */
export interface TimelineTableProps {
  readonly browser: readonly TimelineRow[];
  readonly server: readonly TimelineRow[];
  readonly now: number;
}

/** The steps of a call in words and figures, each with a bar on the axis that they all share. */
export function TimelineTable({ browser, server, now }: TimelineTableProps) {
  const all = [...browser, ...server];
  const end = Math.max(0.1, ...all.map(({ to, from }) => Math.max(from, to ?? now)));
  const half = (title: string, side: "browser" | "server", rows: readonly TimelineRow[]) =>
    rows.length > 0 && (
      <tbody data-side={side}>
        <tr>
          <th scope="rowgroup" colSpan={4} className={classes.side}>
            {title}
          </th>
        </tr>
        {rows.map((row) => (
          <Step key={row.key} row={row} now={now} end={end} />
        ))}
      </tbody>
    );
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className={classes.number}>
            Begins
          </th>
          <th scope="col" className={classes.number}>
            Takes
          </th>
          <td aria-hidden="true" className={classes.axis}>
            <span>0</span>
            <span>{durationText(end)}</span>
          </td>
        </tr>
      </thead>
      {half("In the browser", "browser", browser)}
      {half("At the server", "server", server)}
    </table>
  );
}

interface StepProps {
  readonly row: TimelineRow;
  readonly now: number;
  /** Where the axis ends. */
  readonly end: number;
}

function Step({ row, now, end }: StepProps) {
  const { name, depth, from, to, marks, count, error } = row;
  const place = (time: number) => `${((100 * Math.min(Math.max(time, 0), end)) / end).toFixed(3)}%`;
  const until = Math.max(from, to ?? now);
  return (
    <tr data-error={error !== "" || undefined} data-running={to === undefined || undefined}>
      <th scope="row" className={classes.name} style={{ paddingInlineStart: `${0.75 * Math.min(depth, 4)}rem` }}>
        {name}
        {count > 0 && ` (${count.toLocaleString("en")})`}
        {error !== "" && <span className={classes.error}> {error}</span>}
      </th>
      <td className={classes.number}>{durationText(from)}</td>
      <td className={classes.number}>
        {durationText(until - from)}
        {to === undefined && " so far"}
      </td>
      <td aria-hidden="true" className={classes.track}>
        <div className={classes.lane}>
          <span
            className={classes.bar}
            style={{ insetInlineStart: place(from), width: `calc(${place(until)} - ${place(from)})` }}
          />
          {marks.map((time, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first ones stay where they are.
            <span key={index} className={classes.mark} style={{ insetInlineStart: place(time) }} />
          ))}
        </div>
      </td>
    </tr>
  );
}

import type { CallTimeline, LaneSummary } from "./call-timeline.ts";
import classes from "./lane-readouts.module.css";

/** How many messages went each way, and what the latest of them carried. The log says the same in words. */
export function LaneReadouts({ timeline: { sent, received } }: { readonly timeline: CallTimeline }) {
  return (
    <div className={classes.readouts} aria-hidden>
      <Readout lane="sent" sign="↓" title="sent" summary={sent} />
      <Readout lane="received" sign="↑" title="received" summary={received} />
    </div>
  );
}

interface ReadoutProps {
  readonly lane: "sent" | "received";
  readonly sign: string;
  readonly title: string;
  readonly summary: LaneSummary;
}

function Readout({ lane, sign, title, summary: { count, latest } }: ReadoutProps) {
  return (
    <div className={classes.readout} data-lane={lane}>
      <span className={classes.head}>
        {sign} {count} {title}
      </span>
      <span className={classes.latest} dir="auto" title={latest}>
        {latest ?? "–"}
      </span>
    </div>
  );
}

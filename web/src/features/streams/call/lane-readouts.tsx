import { useMemo } from "react";
import { IsolatedNames } from "../../../text/isolated-names.tsx";
import type { CallTimeline, LaneSummary } from "./call-timeline.ts";
import classes from "./lane-readouts.module.css";
import { sentTexts } from "./sent-texts.ts";

/** How many messages went each way, and what the latest of them carried. The log says the same in words. */
export function LaneReadouts({ timeline: { events, sent, received } }: { readonly timeline: CallTimeline }) {
  const names = useMemo(() => sentTexts(events), [events]);
  return (
    <div className={classes.readouts} aria-hidden>
      <Readout lane="sent" sign="↓" title="sent" summary={sent} names={names} />
      <Readout lane="received" sign="↑" title="received" summary={received} names={names} />
    </div>
  );
}

interface ReadoutProps {
  readonly lane: "sent" | "received";
  readonly sign: string;
  readonly title: string;
  readonly summary: LaneSummary;
  /** What was sent, and may stand in what is shown. */
  readonly names: readonly string[];
}

function Readout({ lane, sign, title, summary: { count, latest }, names }: ReadoutProps) {
  return (
    <div className={classes.readout} data-lane={lane}>
      <span className={classes.head}>
        {sign} {count} {title}
      </span>
      <span className={classes.latest} dir="auto" title={latest}>
        {latest === undefined ? "–" : <IsolatedNames text={latest} names={names} />}
      </span>
    </div>
  );
}

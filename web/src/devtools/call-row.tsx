// biome-ignore-all lint/a11y/useSemanticElements: a grid of rows that are chosen, whose columns are laid out in other ways where it is narrow.
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows, and the buttons of the head, have the focus.
import type { RecordedCall } from "@triptych/rpc-web";
import { memo } from "react";
import { bytesText, durationText } from "../text/amount-text.ts";
import { callKind } from "./call-kind.ts";
import classes from "./call-list.module.css";
import { callOutcome } from "./call-outcome.ts";
import { OutcomeText } from "./outcome-text.tsx";
import { ProtocolChip } from "./protocol-chip.tsx";

/** A call and how it stands in the list. */
export interface CallRowProps {
  readonly id: string;
  readonly call: RecordedCall;
  /** Milliseconds it took, or takes so far; undefined when that is not known. */
  readonly elapsed: number | undefined;
  /** Milliseconds from the start of the first call of the list to its own. */
  readonly startedAfter: number;
  /** Where it ran in the time of the list, and how much of it, as shares from 0 to 1. */
  readonly start: number;
  readonly length: number;
  readonly isSelected: boolean;
  /** Whether it is the one that the Tab key reaches. */
  readonly isActive: boolean;
  readonly onSelect: (id: number) => void;
  readonly onFocus: (id: number) => void;
}

/** A call in one line, or in two where there is little room. */
export const CallRow = memo(function CallRow(props: CallRowProps) {
  const { id, call, elapsed, startedAfter, start, length, isSelected, isActive, onSelect, onFocus } = props;
  const [service = "", method = ""] = call.path.split("/");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for all its rows.
    <div
      role="row"
      id={id}
      className={classes.row}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      title={call.url}
      onClick={() => onSelect(call.id)}
      onFocus={() => onFocus(call.id)}
    >
      <span role="gridcell">
        <ProtocolChip protocol={call.protocol} />
      </span>
      <span role="gridcell" className={classes.method}>
        {method} <span className={classes.service}>{service}</span>
      </span>
      <span role="gridcell" className={classes.kind}>
        {callKind(call)}
      </span>
      <span role="gridcell" className={classes.status}>
        <OutcomeText call={call} />
      </span>
      <span role="gridcell" className={classes.number}>
        {elapsed === undefined ? "–" : durationText(elapsed)}
      </span>
      <span role="gridcell" className={classes.number}>
        <span className={classes.arrow}>↑</span>
        {bytesText(call.sentBytes)} <span className={classes.words}>sent</span>
      </span>
      <span role="gridcell" className={classes.number}>
        <span className={classes.arrow}>↓</span>
        {bytesText(call.receivedBytes)} <span className={classes.words}>received</span>
      </span>
      <span role="gridcell" className={`${classes.number} ${classes.frames}`}>
        {call.sentFrames + call.receivedFrames} <span className={classes.words}>frames</span>
      </span>
      <span role="gridcell" className={classes.waterfall}>
        <span className={classes.words}>began at +{durationText(startedAfter)}</span>
        <span
          aria-hidden
          className={classes.bar}
          data-tone={callOutcome(call).tone}
          style={{ insetInlineStart: `${start * 100}%`, width: `${length * 100}%` }}
        />
      </span>
    </div>
  );
});

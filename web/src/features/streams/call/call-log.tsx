import { useMemo } from "react";
import { useStickToEnd } from "../../../hooks/use-stick-to-end.ts";
import { IsolatedNames } from "../../../text/isolated-names.tsx";
import classes from "./call-log.module.css";
import type { CallTimeline } from "./call-timeline.ts";
import { eventText } from "./event-text.ts";
import { sentTexts } from "./sent-texts.ts";

/** What to write down, and under which name. */
export interface CallLogProps {
  readonly label: string;
  readonly timeline: CallTimeline;
}

/** A call in words: everything that crossed, with its time, the latest at the end. New entries are announced. */
export function CallLog({ label, timeline: { events } }: CallLogProps) {
  const scroller = useStickToEnd<HTMLDivElement>(events);
  const sent = useMemo(() => sentTexts(events), [events]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div ref={scroller} role="log" aria-label={label} tabIndex={0} className={classes.log}>
      <ol className={classes.entries}>
        {events.map(({ event, at, number }) => (
          <li key={number} className={classes.entry} data-type={event.type}>
            <span aria-hidden className={classes.time}>
              {(at / 1_000).toFixed(3)}
            </span>
            <span aria-hidden className={classes.sign}>
              {signs[event.type]}
            </span>
            <span dir="auto" className={classes.text}>
              <IsolatedNames text={eventText(event)} names={sent} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const signs = { opened: "·", headers: "·", "half-closed": "·", ended: "·", sent: "→", received: "←" } as const;

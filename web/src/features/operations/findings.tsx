import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { WatchOperationsResponse } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { findTrouble } from "./find-trouble.ts";
import classes from "./operations.module.css";
import type { OperationsSample } from "./operations-history.ts";

/** The figures of a server now, and how some of them went. */
export interface FindingsProps {
  readonly figures: WatchOperationsResponse;
  readonly samples: readonly OperationsSample[];
}

/** What stands out in the figures, the worst first, each with where to look; or that nothing does. */
export function Findings({ figures, samples }: FindingsProps) {
  const found = findTrouble(figures, samples);
  if (found.length === 0) {
    return (
      <p className={classes.well}>
        <IconCircleCheck aria-hidden size={20} stroke={1.75} />
        Nothing: in the last minute no call has failed by the server, nothing was refused, and writes and the event loop
        keep up.
      </p>
    );
  }
  return (
    <ol className={classes.findings} aria-label="What stands out">
      {found.map(({ text, advice }) => (
        <li key={text} className={classes.finding}>
          <IconAlertTriangle aria-hidden size={20} stroke={1.75} className={classes.icon} />
          <div>
            <strong>{text}</strong> <span className={classes.advice}>{advice}</span>
          </div>
        </li>
      ))}
    </ol>
  );
}

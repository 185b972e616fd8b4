import type { Refusals } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { limitName } from "./limit-name.ts";
import classes from "./operations.module.css";

/** What was refused, and of how long the recent figures are, in words. */
export interface RefusalTableProps {
  readonly refusals: readonly Refusals[];
  readonly recent: string;
}

/** What each limit has refused since the start of the server and recently, the most first. */
export function RefusalTable({ refusals, recent }: RefusalTableProps) {
  const sorted = refusals.toSorted((a, b) => Number(b.recent - a.recent) || Number(b.count - a.count));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className={classes.scroller} aria-label="What each limit has refused" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">What was refused</th>
            <th scope="col">In {recent}</th>
            <th scope="col">Since the start</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((refused) => (
            <tr key={`${refused.metric} ${refused.reason}`} data-trouble={refused.recent > 0n || undefined}>
              <th scope="row">{limitName(refused)}</th>
              <td className={classes.errors}>{refused.recent.toLocaleString("en")}</td>
              <td>{refused.count.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

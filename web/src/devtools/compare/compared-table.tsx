import { useId } from "react";
import type { ComparedRow } from "./compared-rows.ts";
import classes from "./comparison-view.module.css";

/** What two calls have by names. */
export interface ComparedTableProps {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
}

/** Two calls side by side by the names of what they have; what differs is marked. */
export function ComparedTable({ title, rows }: ComparedTableProps) {
  const titleId = useId();
  return (
    <section className={classes.group} aria-labelledby={titleId}>
      <h4 id={titleId} className={classes.title}>
        {title}
      </h4>
      {rows.length === 0 ? (
        <p className={classes.none}>Neither has any.</p>
      ) : (
        <table className={classes.table}>
          <thead className={classes.words}>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">First call</th>
              <th scope="col">Second call</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, first, second, differs }) => (
              <tr key={name} data-differs={differs || undefined}>
                <th scope="row">
                  {name}
                  {differs && <span className={classes.words}> differs</span>}
                </th>
                <td>{first ?? "–"}</td>
                <td>{second ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

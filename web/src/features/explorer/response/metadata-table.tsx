import { useId } from "react";
import classes from "./metadata-table.module.css";

/** Headers or trailers; nothing is shown until they are there. */
export interface MetadataTableProps {
  readonly title: string;
  readonly metadata: Headers | undefined;
}

/** Metadata that came from the server, by name. */
export function MetadataTable({ title, metadata }: MetadataTableProps) {
  const headingId = useId();
  if (metadata === undefined) return null;
  const entries = [...metadata];
  return (
    <details className={classes.details}>
      <summary id={headingId} className={classes.summary}>
        {title} <span className={classes.count}>{entries.length}</span>
      </summary>
      {entries.length === 0 ? (
        <p className={classes.none}>None that a page can see.</p>
      ) : (
        <table className={classes.table} aria-labelledby={headingId}>
          <tbody>
            {entries.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

import type { Registry } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import classes from "./error-details.module.css";
import { readDetails } from "./read-details.ts";

/** An error, and the types that its details may have. */
export interface ErrorDetailsProps {
  readonly error: ConnectError;
  readonly types: Registry;
}

/** The details of an error, each decoded where its type is known. */
export function ErrorDetails({ error, types }: ErrorDetailsProps) {
  const details = readDetails(error, types);
  if (details.length === 0) return null;
  return (
    <ul aria-label="Error details" className={classes.details}>
      {details.map(({ type, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the details of one error neither move nor change.
        <li key={index}>
          <p className={classes.type}>{type}</p>
          {"json" in content ? (
            <pre className={classes.text}>{JSON.stringify(content.json, null, 2)}</pre>
          ) : (
            <>
              <p className={classes.note}>This type is unknown, so here are its bytes in base64:</p>
              <pre className={classes.text}>{content.base64}</pre>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

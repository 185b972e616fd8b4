import { Skeleton } from "@mantine/core";
import { useEffect } from "react";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { Explorer, preloadMethodView } from "./explorer.tsx";
import classes from "./explorer-page.module.css";
import { useSchema } from "./schema/use-schema.ts";

/** Calls any method of the server, known from reflection alone. */
export function ExplorerPage() {
  const { data: schema, error, refetch } = useSchema();
  // It comes while the server is asked what it serves.
  useEffect(preloadMethodView, []);
  return (
    <>
      {schema !== undefined && <Explorer schema={schema} />}
      {schema === undefined && error !== null && (
        <ErrorNotice error={error} sentence="The server does not say what it serves." onRetry={() => void refetch()} />
      )}
      {schema === undefined && error === null && (
        <div aria-busy="true" className={classes.loading}>
          <span role="status" className={classes.words}>
            Asking the server what it serves…
          </span>
          <Skeleton height="26rem" />
          <Skeleton height="26rem" />
        </div>
      )}
    </>
  );
}

import { useQuery } from "@connectrpc/connect-query";
import { Skeleton } from "@mantine/core";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import classes from "./glimpse.module.css";

const shown = 3;

/** Some of the languages that the greeter speaks. */
export function GreeterGlimpse() {
  const { data, error, refetch } = useQuery(GreeterService.method.listLanguages);
  return (
    <>
      <p className={classes.line}>One name, many languages, and a wall of every greeting made.</p>
      {error !== null ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} withoutDetail />
      ) : data === undefined ? (
        <Skeleton height="9rem" />
      ) : (
        data.languages.slice(0, shown).map(({ tag, name }) => (
          <p key={tag} className={classes.greeting} lang={tag} dir="auto">
            {name}
          </p>
        ))
      )}
    </>
  );
}

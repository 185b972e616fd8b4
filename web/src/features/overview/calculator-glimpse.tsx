import { useQuery } from "@connectrpc/connect-query";
import { Skeleton } from "@mantine/core";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import classes from "./glimpse.module.css";

const expression = "0.1 + 0.2";

/** What the calculator makes of a sum that most of them get wrong. */
export function CalculatorGlimpse() {
  const { data, error, refetch } = useQuery(CalculatorService.method.evaluate, { expression });
  return (
    <>
      <p className={classes.line}>Exact while it can be, every step in view.</p>
      {error !== null ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} withoutDetail />
      ) : data === undefined ? (
        <Skeleton height="3.1rem" />
      ) : (
        <output className={classes.value}>
          {expression} = <strong>{data.value}</strong>
        </output>
      )}
    </>
  );
}

import { useQuery } from "@connectrpc/connect-query";
import { Skeleton } from "@mantine/core";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import classes from "./glimpse.module.css";

const { evaluate } = CalculatorService.method;
/** Each of them comes out wrong on a calculator that counts in binary fractions. */
const expressions = ["0.1 + 0.2", "1 / 3 * 3", "2 ^ 64 - 1"] as const;

/** What the calculator makes of sums that most of them get wrong. */
export function CalculatorGlimpse() {
  const first = useQuery(evaluate, { expression: expressions[0] });
  const second = useQuery(evaluate, { expression: expressions[1] });
  const third = useQuery(evaluate, { expression: expressions[2] });
  const results = [first, second, third];
  const failed = results.find(({ error }) => error !== null);
  return (
    <>
      <p className={classes.line}>Exact while it can be, every step in view.</p>
      {failed === undefined ? (
        expressions.map((expression, index) => (
          <Sum key={expression} expression={expression} value={results[index]?.data?.value} />
        ))
      ) : (
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} withoutDetail />
      )}
    </>
  );
}

function Sum({ expression, value }: { readonly expression: string; readonly value: string | undefined }) {
  if (value === undefined) return <Skeleton className={classes.row} height="2.9rem" />;
  return (
    <p className={classes.value}>
      {expression} = <strong>{value}</strong>
    </p>
  );
}

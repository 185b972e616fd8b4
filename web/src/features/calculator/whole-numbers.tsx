import { useMutation } from "@connectrpc/connect-query";
import { Button, TextInput } from "@mantine/core";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { CalculationFailure } from "./calculation-failure.tsx";
import { isAnswer } from "./calculation-sentence.ts";
import { parseInt64 } from "./int64.ts";
import classes from "./whole-numbers.module.css";

const expected = "A whole number that fits int64";

/** The two calls on whole numbers, as native clients make them: exact, or refused. */
export function WholeNumbers() {
  const [a, setA] = useState("9223372036854775807");
  const [b, setB] = useState("1");
  const add = useMutation(CalculatorService.method.add);
  const multiply = useMutation(CalculatorService.method.multiply);
  const [latest, setLatest] = useState<"add" | "multiply">();
  const first = parseInt64(a);
  const second = parseInt64(b);

  const run = (operation: "add" | "multiply") => (event?: FormEvent) => {
    event?.preventDefault();
    if (first === undefined || second === undefined) return;
    setLatest(operation);
    (operation === "add" ? add : multiply).mutate({ a: first, b: second });
  };
  // What other numbers came to says nothing of these.
  const isOfThese = (asked: { a?: bigint; b?: bigint } | undefined) => asked?.a === first && asked?.b === second;
  const added = latest === "add" && isOfThese(add.variables) ? add : undefined;
  const multiplied = latest === "multiply" && isOfThese(multiply.variables) ? multiply : undefined;
  const error = added?.error ?? multiplied?.error ?? null;
  const result = added?.data?.sum ?? multiplied?.data?.product;

  return (
    <details className={classes.details}>
      <summary className={classes.summary}>Whole numbers (int64)</summary>
      <form onSubmit={run("add")} noValidate className={classes.form}>
        <Int64Input label="First number" value={a} onChange={setA} isInvalid={first === undefined} />
        <Int64Input label="Second number" value={b} onChange={setB} isInvalid={second === undefined} />
        <div className={classes.buttons}>
          <Button type="submit" variant="default">
            Add
          </Button>
          <Button variant="default" onClick={() => run("multiply")()}>
            Multiply
          </Button>
        </div>
      </form>
      <output aria-label="Whole result" className={classes.result}>
        {error !== null && isAnswer(error.code) ? <CalculationFailure error={error} /> : result?.toLocaleString("en")}
      </output>
      {error !== null && !isAnswer(error.code) && <ErrorNotice error={error} />}
    </details>
  );
}

function Int64Input(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isInvalid: boolean;
}) {
  const { label, value, onChange, isInvalid } = props;
  return (
    <TextInput
      label={label}
      value={value}
      error={isInvalid ? expected : undefined}
      inputMode="numeric"
      autoComplete="off"
      className={classes.input}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

import { useId } from "react";
import classes from "./method-choice.module.css";

/** What there is to choose from. */
export interface MethodChoiceProps<M extends { readonly name: string }> {
  readonly methods: readonly M[];
  readonly chosen: M;
  readonly onChoose: (method: M) => void;
}

/** Chooses which method to call, and says what it does. */
export function MethodChoice<M extends { readonly name: string; readonly summary: string }>({
  methods,
  chosen,
  onChoose,
}: MethodChoiceProps<M>) {
  const name = useId();
  return (
    <div className={classes.choice}>
      {methods.length > 1 ? (
        <fieldset className={classes.methods}>
          <legend className={classes.legend}>Method</legend>
          {methods.map((method) => (
            <label key={method.name} className={classes.method}>
              <input type="radio" name={name} checked={method === chosen} onChange={() => onChoose(method)} />
              <span>{method.name}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <p className={classes.methods}>
          <span className={classes.only}>{chosen.name}</span>
        </p>
      )}
      <p className={classes.summary}>{chosen.summary}</p>
    </div>
  );
}

import classes from "./example-chips.module.css";
import { examples } from "./examples.ts";

/** What happens when an example is chosen. */
export interface ExampleChipsProps {
  readonly onChoose: (expression: string) => void;
}

/** Expressions to try, each with what is special about it. */
export function ExampleChips({ onChoose }: ExampleChipsProps) {
  return (
    <ul aria-label="Examples to try" className={classes.examples}>
      {examples.map(({ expression, lesson }) => (
        <li key={expression}>
          <button type="button" className={classes.example} onClick={() => onChoose(expression)}>
            <span className={classes.expression}>{expression}</span>
            <span className={classes.lesson}>{lesson}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

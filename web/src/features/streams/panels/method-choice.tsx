import { SegmentedControl } from "@mantine/core";
import segmented from "../../../components/segmented-control.module.css";
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
  const choose = (name: string) => {
    const method = methods.find((one) => one.name === name);
    if (method !== undefined) onChoose(method);
  };
  return (
    <div className={classes.choice}>
      {methods.length > 1 ? (
        <SegmentedControl
          aria-label="Method"
          data={methods.map(({ name }) => name)}
          value={chosen.name}
          onChange={choose}
          withItemsBorders={false}
          classNames={segmented}
          className={classes.methods ?? ""}
        />
      ) : (
        <p className={classes.only}>{chosen.name}</p>
      )}
      <p className={classes.summary}>{chosen.summary}</p>
    </div>
  );
}

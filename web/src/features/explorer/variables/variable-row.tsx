import { IconX } from "@tabler/icons-react";
import { BoundedInput } from "../form/bounded-input.tsx";
import { RemoveButton } from "../form/remove-button.tsx";
import { LONGEST_NAME, LONGEST_VALUE, problemOfName, type Variable } from "./environments.ts";
import classes from "./variables-panel.module.css";

/** A variable to write. */
export interface VariableRowProps {
  readonly variable: Variable;
  /** Which of all it is, from 1. */
  readonly number: number;
  readonly onChange: (variable: Variable) => void;
  readonly onRemove: () => void;
}

/** The name and the value of a variable, and whether it is a secret. */
export function VariableRow({ variable, number, onChange, onRemove }: VariableRowProps) {
  const { name, value, isSecret } = variable;
  const common = { size: "xs", autoComplete: "off", autoCapitalize: "off", spellCheck: false } as const;
  return (
    <li className={classes.row}>
      <BoundedInput
        {...common}
        aria-label={`Variable name ${number}`}
        placeholder="name"
        longest={LONGEST_NAME}
        value={name}
        error={name === "" ? undefined : problemOfName(name)}
        onChange={(text) => onChange({ ...variable, name: text })}
      />
      <BoundedInput
        {...common}
        aria-label={`Variable value ${number}`}
        placeholder="value"
        longest={LONGEST_VALUE}
        type={isSecret ? "password" : "text"}
        value={value}
        onChange={(text) => onChange({ ...variable, value: text })}
      />
      <RemoveButton label={`Remove variable ${number}`} onRemove={onRemove}>
        <IconX aria-hidden size={16} />
      </RemoveButton>
      <label className={classes.secret}>
        <input
          type="checkbox"
          aria-label={`Variable ${number} is a secret`}
          checked={isSecret}
          onChange={(event) => onChange({ ...variable, isSecret: event.currentTarget.checked })}
        />
        <span>Secret: in no file and no link</span>
      </label>
    </li>
  );
}

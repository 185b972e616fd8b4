import { useId } from "react";
import classes from "./controls.module.css";
import type { ValueEditorProps } from "./form-context.ts";
import type { ValueType } from "./value-type.ts";

/** A checkbox for a bool. */
export function BoolEditor({ label, description, value, onChange }: ValueEditorProps<ValueType, boolean>) {
  const id = useId();
  return (
    <div>
      <label className={classes.check}>
        <input
          type="checkbox"
          checked={value}
          {...(description !== undefined && { "aria-describedby": id })}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {description !== undefined && (
        <p id={id} className={classes.comment}>
          {description}
        </p>
      )}
    </div>
  );
}

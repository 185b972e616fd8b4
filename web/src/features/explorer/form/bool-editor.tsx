import classes from "./controls.module.css";
import type { ValueEditorProps } from "./value-editor.tsx";
import type { ValueType } from "./value-type.ts";

/** A checkbox for a bool. */
export function BoolEditor({ label, value, onChange }: ValueEditorProps<ValueType, boolean>) {
  return (
    <label className={classes.check}>
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

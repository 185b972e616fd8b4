import type { DescField } from "@bufbuild/protobuf";
import classes from "./controls.module.css";
import { isRequired, typeLabel } from "./value-type.ts";

/** The name of a field, and beside it, for the eye, its type. */
export function FieldLabel({ field }: { readonly field: DescField }) {
  return (
    <>
      <span className={classes.name}>{field.name}</span>
      <span aria-hidden className={classes.type}>
        {typeLabel(field)}
      </span>
      {isRequired(field) && <span className={classes.type}> required</span>}
      {field.deprecated && <span className={classes.type}> deprecated</span>}
    </>
  );
}

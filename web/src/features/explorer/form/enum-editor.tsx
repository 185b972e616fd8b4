import { NativeSelect } from "@mantine/core";
import { use } from "react";
import { ProblemsContext, type ValueEditorProps } from "./form-context.ts";
import type { ValueType } from "./value-type.ts";

type EnumProps = ValueEditorProps<Extract<ValueType, { kind: "enum" }>, string>;

/** A choice of the values of an enum; a number that has no name is there while it is the value. */
export function EnumEditor({ type, label, description, path, value, onChange }: EnumProps) {
  const problem = use(ProblemsContext).get(path);
  const named = type.enum.values.map(({ name, number }) => ({ value: name, label: `${name} (${number})` }));
  const first = type.enum.values[0]?.name ?? "";
  const chosen = value === "" ? first : value;
  const isKnown = named.some((one) => one.value === chosen);
  return (
    <NativeSelect
      label={label}
      description={description}
      value={chosen}
      error={problem}
      data={isKnown ? named : [...named, { value: chosen, label: `${chosen}, which has no name` }]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

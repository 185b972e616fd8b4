import { NativeSelect } from "@mantine/core";
import { useCategories } from "./use-categories.ts";

/** Which category is chosen, and who wants to know. */
export interface CategorySelectProps {
  /** What the choice is about, for assistive technology and above the field. */
  readonly label: string;
  /** The id of a category; empty for all. */
  readonly value: string;
  readonly onChange: (category: string) => void;
  readonly className?: string | undefined;
}

/** Chooses one category or all of them. A category that the server does not know stays choosable by its id. */
export function CategorySelect({ label, value, onChange, className }: CategorySelectProps) {
  const { all } = useCategories();
  const unknown = value !== "" && all.every(({ id }) => id !== value);
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(className !== undefined && { className })}
    >
      <option value="">All categories</option>
      {unknown && <option value={value}>{value}</option>}
      {all.map(({ id, name, bookCount }) => (
        <option key={id} value={id}>
          {`${name} (${bookCount})`}
        </option>
      ))}
    </NativeSelect>
  );
}

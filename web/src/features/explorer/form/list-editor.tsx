import type { DescField } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { commentOf } from "../schema/comments.ts";
import classes from "./controls.module.css";
import { freshId, type ListDraft, type ListRow, type ValueDraft } from "./draft.ts";
import { FieldLabel } from "./field-label.tsx";
import { GroupComment } from "./group-comment.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { ValueEditor } from "./value-editor.tsx";
import { newValue, type ValueType } from "./value-type.ts";

/** A repeated field. */
export interface ListEditorProps {
  readonly field: DescField;
  readonly type: ValueType;
  readonly path: string;
  readonly rows: readonly ListRow[];
  readonly onChange: (list: ListDraft | undefined) => void;
}

/** The rows of a repeated field, numbered from 1, and a button that adds one. */
export function ListEditor({ field, type, path, rows, onChange }: ListEditorProps) {
  const change = (next: readonly ListRow[]) => onChange(next.length === 0 ? undefined : { kind: "list", rows: next });
  const set = (id: number, value: ValueDraft) => change(rows.map((row) => (row.id === id ? { ...row, value } : row)));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>
        <FieldLabel field={field} />
      </legend>
      <GroupComment text={commentOf(field)} />
      {rows.map(({ id, value }, index) => (
        <ElementEditor
          key={id}
          name={`${field.name} ${index + 1}`}
          type={type}
          path={`${path}[${index}]`}
          value={value}
          onChange={(changed) => set(id, changed)}
          onRemove={() => change(rows.filter((row) => row.id !== id))}
        />
      ))}
      <Button
        variant="default"
        size="compact-sm"
        className={classes.add ?? ""}
        aria-label={`Add to ${field.name}`}
        leftSection={<IconPlus aria-hidden size={14} />}
        onClick={() => change([...rows, { id: freshId(rows), value: newValue(type) }])}
      >
        Add
      </Button>
    </fieldset>
  );
}

interface ElementEditorProps {
  readonly name: string;
  readonly type: ValueType;
  readonly path: string;
  readonly value: ValueDraft;
  readonly onChange: (value: ValueDraft) => void;
  readonly onRemove: () => void;
}

function ElementEditor({ name, type, path, value, onChange, onRemove }: ElementEditorProps) {
  const editor = <ValueEditor type={type} label={name} path={path} value={value} onChange={onChange} />;
  const remove = (
    <RemoveButton label={`Remove ${name}`} onRemove={onRemove}>
      <IconX aria-hidden size={16} />
    </RemoveButton>
  );
  if (type.kind !== "message") {
    return (
      <div className={classes.row}>
        {editor}
        {remove}
      </div>
    );
  }
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{name}</legend>
      {remove}
      {editor}
    </fieldset>
  );
}

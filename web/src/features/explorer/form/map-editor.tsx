import type { DescField } from "@bufbuild/protobuf";
import { Button, TextInput, VisuallyHidden } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, use } from "react";
import { commentOf } from "../schema/comments.ts";
import classes from "./controls.module.css";
import { freshId, type MapDraft, type MapRow } from "./draft.ts";
import { FieldLabel } from "./field-label.tsx";
import { ProblemsContext } from "./form-context.ts";
import { GroupComment } from "./group-comment.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { ValueEditor } from "./value-editor.tsx";
import { newValue, type ValueType } from "./value-type.ts";

/** A map. */
export interface MapEditorProps {
  readonly field: DescField;
  readonly type: ValueType;
  readonly path: string;
  readonly rows: readonly MapRow[];
  readonly onChange: (map: MapDraft | undefined) => void;
}

/** The entries of a map, numbered from 1, each a key and a value, and a button that adds one. */
export function MapEditor({ field, type, path, rows, onChange }: MapEditorProps) {
  const problems = use(ProblemsContext);
  const change = (next: readonly MapRow[]) => onChange(next.length === 0 ? undefined : { kind: "map", rows: next });
  const set = (changed: MapRow) => change(rows.map((row) => (row.id === changed.id ? changed : row)));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>
        <FieldLabel field={field} />
      </legend>
      <GroupComment text={commentOf(field)} />
      {rows.map((row, index) => (
        <div key={row.id} className={type.kind === "message" ? classes.group : classes.entry}>
          <TextInput
            label={<EntryLabel field={field}>key {index + 1}</EntryLabel>}
            value={row.key}
            // A server names an entry by its key.
            error={problems.get(`${path}[${index}].key`) ?? problems.get(`${path}[${JSON.stringify(row.key)}]`)}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => set({ ...row, key: event.currentTarget.value })}
          />
          <ValueEditor
            type={type}
            label={<EntryLabel field={field}>value {index + 1}</EntryLabel>}
            path={`${path}[${index}]`}
            value={row.value}
            onChange={(value) => set({ ...row, value })}
          />
          <RemoveButton
            label={`Remove ${field.name} ${index + 1}`}
            onRemove={() => change(rows.filter(({ id }) => id !== row.id))}
          >
            <IconX aria-hidden size={16} />
          </RemoveButton>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        className={classes.add ?? ""}
        aria-label={`Add to ${field.name}`}
        leftSection={<IconPlus aria-hidden size={14} />}
        onClick={() => change([...rows, { id: freshId(rows), key: "", value: newValue(type) }])}
      >
        Add
      </Button>
    </fieldset>
  );
}

/** What a control of an entry is called: the eye sees already in which field it is. */
function EntryLabel({ field, children }: { readonly field: DescField; readonly children: ReactNode }) {
  return (
    <>
      <VisuallyHidden>{field.name} </VisuallyHidden>
      {children}
    </>
  );
}

import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { RemoveButton } from "../form/remove-button.tsx";
import type { MetadataProblem, MetadataRow } from "./metadata.ts";
import classes from "./metadata-editor.module.css";

/** The rows of metadata. */
export interface MetadataEditorProps {
  readonly rows: readonly MetadataRow[];
  readonly problems: ReadonlyMap<number, MetadataProblem>;
  readonly onChange: (rows: readonly MetadataRow[]) => void;
}

/** Names and values that go with the call, numbered from 1, and a button that adds one. */
export function MetadataEditor({ rows, problems, onChange }: MetadataEditorProps) {
  const set = (changed: MetadataRow) => onChange(rows.map((row) => (row.id === changed.id ? changed : row)));
  const nextId = Math.max(0, ...rows.map(({ id }) => id)) + 1;
  return (
    <fieldset className={classes.metadata}>
      <legend className={classes.legend}>Metadata</legend>
      {rows.map((row, index) => (
        <div key={row.id} className={classes.row}>
          <TextInput
            aria-label={`Metadata name ${index + 1}`}
            placeholder="name"
            value={row.name}
            error={problems.get(row.id)?.name}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => set({ ...row, name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Metadata value ${index + 1}`}
            placeholder={row.name.trim().toLowerCase().endsWith("-bin") ? "base64" : "value"}
            value={row.value}
            error={problems.get(row.id)?.value}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => set({ ...row, value: event.currentTarget.value })}
          />
          <RemoveButton
            label={`Remove metadata ${index + 1}`}
            onRemove={() => onChange(rows.filter(({ id }) => id !== row.id))}
          >
            <IconX aria-hidden size={16} />
          </RemoveButton>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        className={classes.add ?? ""}
        aria-label="Add metadata"
        leftSection={<IconPlus aria-hidden size={14} />}
        onClick={() => onChange([...rows, { id: nextId, name: "", value: "" }])}
      >
        Add
      </Button>
    </fieldset>
  );
}

import { Button, TextInput } from "@mantine/core";
import { IconKey, IconPlus, IconX } from "@tabler/icons-react";
import { looksSecret } from "../../../text/secrets.ts";
import { RemoveButton } from "../form/remove-button.tsx";
import { CREDENTIAL_PRESETS, isCredential, type MetadataProblem, type MetadataRow } from "./metadata.ts";
import classes from "./metadata-editor.module.css";

/** The rows of metadata. */
export interface MetadataEditorProps {
  readonly rows: readonly MetadataRow[];
  readonly problems: ReadonlyMap<number, MetadataProblem>;
  readonly onChange: (rows: readonly MetadataRow[]) => void;
}

/** Names and values that go with the call, numbered from 1, and buttons that add one: any, or the token or key of who calls. */
export function MetadataEditor({ rows, problems, onChange }: MetadataEditorProps) {
  const set = (changed: MetadataRow) => onChange(rows.map((row) => (row.id === changed.id ? changed : row)));
  const nextId = Math.max(0, ...rows.map(({ id }) => id)) + 1;
  const add = (name: string, value: string) => onChange([...rows, { id: nextId, name, value }]);
  const hasCredential = rows.some(({ name }) => isCredential(name));
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
            {...(isCredential(row.name) && { description: descriptionOf(row) })}
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
      <div className={classes.add}>
        <Button
          variant="default"
          size="compact-sm"
          aria-label="Add metadata"
          leftSection={<IconPlus aria-hidden size={14} />}
          onClick={() => add("", "")}
        >
          Add
        </Button>
        {!hasCredential &&
          CREDENTIAL_PRESETS.map(({ label, name, value }) => (
            <Button
              key={label}
              variant="default"
              size="compact-sm"
              leftSection={<IconKey aria-hidden size={14} />}
              onClick={() => add(name, value)}
            >
              {label}
            </Button>
          ))}
      </div>
    </fieldset>
  );
}

function descriptionOf({ name, value }: MetadataRow): string | undefined {
  if (!looksSecret(name.trim(), value)) return undefined;
  const isPair = /^basic\s+[^:]*:/i.test(value.trim());
  return isPair ? "Sent in base64; no link to this call has it" : "No link to this call has it";
}

import { Button, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef } from "react";
import { useNotify } from "../../../notices/use-notify.ts";
import { saveFile } from "../../../storage/save-file.ts";
import { BoundedInput } from "../form/bounded-input.tsx";
import {
  chosenEnvironment,
  type Environment,
  LONGEST_NAME,
  MOST_ENVIRONMENTS,
  MOST_VARIABLES,
  readEnvironmentList,
  withEnvironment,
  withImported,
  withoutEnvironment,
  withoutSecretValues,
} from "./environments.ts";
import { useEnvironments } from "./environments-context.ts";
import { VariableRow } from "./variable-row.tsx";
import classes from "./variables-panel.module.css";

/** The largest file of environments that is read, in bytes. */
const LARGEST_FILE = 5_000_000;
const TOO_MANY = `${MOST_ENVIRONMENTS} environments are kept at most: remove one that is not needed`;

/** The environments: which is chosen, its name and its variables. */
export function VariablesPanel() {
  const { environments, change } = useEnvironments();
  const chosen = chosenEnvironment(environments);
  const isFull = (all: readonly Environment[]) => all.length >= MOST_ENVIRONMENTS;
  const added = () => ({ id: crypto.randomUUID(), name: "New environment", variables: [] });
  // Another tab may have added the last one.
  const add = () => change((before) => (isFull(before.all) ? before : withEnvironment(before, added())));
  return (
    <section aria-label="Variables" className={classes.panel}>
      <div className={classes.scroll}>
        <NativeSelect
          label="Environment"
          value={chosen?.id ?? ""}
          onChange={({ currentTarget: { value } }) =>
            void change((before) => ({ ...before, chosen: value === "" ? undefined : value }))
          }
        >
          <option value="">None</option>
          {environments.all.map(({ id, name }) => (
            <option key={id} value={id}>
              {name === "" ? "Without a name" : name}
            </option>
          ))}
        </NativeSelect>
        {chosen === undefined ? (
          <p className={classes.note}>
            The variables of an environment stand in the address, the metadata and the message, as in{" "}
            <code>{"{{host}}"}</code>. They are kept in this browser alone.
          </p>
        ) : (
          <EnvironmentEditor
            environment={chosen}
            onChange={(changed) => void change((before) => withEnvironment(before, changed))}
            onRemove={() => void change((before) => withoutEnvironment(before, chosen.id))}
          />
        )}
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={isFull(environments.all)}
          title={isFull(environments.all) ? TOO_MANY : undefined}
          onClick={() => void add()}
        >
          New environment
        </Button>
        {environments.all.length > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              saveFile(
                "triptych-environments.json",
                "application/json",
                JSON.stringify(withoutSecretValues(environments), null, 2),
              )
            }
          >
            Export without secrets
          </Button>
        )}
        <ImportButton />
      </div>
    </section>
  );
}

interface EnvironmentEditorProps {
  readonly environment: Environment;
  readonly onChange: (environment: Environment) => void;
  readonly onRemove: () => void;
}

function EnvironmentEditor({ environment, onChange, onRemove }: EnvironmentEditorProps) {
  const { variables } = environment;
  const set = (changed: Environment["variables"]) => onChange({ ...environment, variables: changed });
  const nextId = Math.max(0, ...variables.map(({ id }) => id)) + 1;
  return (
    <>
      <BoundedInput
        key={environment.id}
        label="Name of the environment"
        longest={LONGEST_NAME}
        value={environment.name}
        onChange={(name) => onChange({ ...environment, name })}
      />
      <ul className={classes.list}>
        {variables.map((variable, index) => (
          <VariableRow
            key={variable.id}
            variable={variable}
            number={index + 1}
            onChange={(changed) => set(variables.map((one) => (one.id === changed.id ? changed : one)))}
            onRemove={() => set(variables.filter(({ id }) => id !== variable.id))}
          />
        ))}
      </ul>
      <div className={classes.actions}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus aria-hidden size={14} />}
          disabled={variables.length >= MOST_VARIABLES}
          title={variables.length >= MOST_VARIABLES ? `There are ${MOST_VARIABLES} variables already` : undefined}
          onClick={() => set([...variables, { id: nextId, name: "", value: "", isSecret: false }])}
        >
          Add a variable
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onRemove}>
          Remove environment
        </Button>
      </div>
    </>
  );
}

function ImportButton() {
  const { change } = useEnvironments();
  const notify = useNotify();
  const input = useRef<HTMLInputElement>(null);

  async function take(file: File | undefined) {
    if (input.current) input.current.value = "";
    if (file === undefined) return;
    const imported = file.size > LARGEST_FILE ? undefined : readFile(await file.text());
    if (imported === undefined)
      return notify({ kind: "error", text: `${file.name} holds no environments that were exported here.` });
    let emptied: readonly Environment[] | undefined;
    await change((before) => {
      const after = withImported(before, imported);
      const isFull = after.environments.all.length > MOST_ENVIRONMENTS;
      emptied = isFull ? undefined : after.emptied;
      return isFull ? before : after.environments;
    });
    if (emptied === undefined)
      return notify({ kind: "error", text: `${TOO_MANY}. None of ${file.name} was imported.` });
    notify({ kind: "info", text: importedText(imported.length, emptied) });
  }

  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => input.current?.click()}>
        Import
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label="File of environments"
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
    </>
  );
}

function importedText(count: number, emptied: readonly Environment[]): string {
  const text = count === 1 ? "1 environment imported." : `${count} environments imported.`;
  if (emptied.length === 0) return text;
  const names = emptied.map(({ name }) => (name === "" ? "one without a name" : `“${name}”`)).join(", ");
  return `${text} Secrets were not kept in ${names}, since the file changes other variables there: fill them in again.`;
}

function readFile(text: string): readonly Environment[] | undefined {
  try {
    return readEnvironmentList(JSON.parse(text));
  } catch {
    return undefined;
  }
}

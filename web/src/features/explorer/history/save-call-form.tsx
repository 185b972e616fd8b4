import { Autocomplete, Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNotify } from "../../../notices/use-notify.ts";
import { problemOfLength } from "../form/bounded-input.tsx";
import classes from "./call-row.module.css";
import { useKeptCalls } from "./calls-context.ts";
import { foldersOf, type KeptCall, SAVED_KEPT, withSaved } from "./kept-calls.ts";

/** The longest name of a call and a folder, in characters. */
const LONGEST = 100;

/** The call to save, and who hears when that is done. */
export interface SaveCallFormProps {
  readonly kept: KeptCall;
  readonly onSaved: () => void;
  readonly onDone: () => void;
}

/** Asks for the name and the folder under which a call is saved. */
export function SaveCallForm({ kept, onSaved, onDone }: SaveCallFormProps) {
  const { calls, change } = useKeptCalls();
  const notify = useNotify();
  const [name, setName] = useState(kept.name ?? "");
  const [folder, setFolder] = useState(kept.folder ?? "");
  const [isChecked, setChecked] = useState(false);
  const folders = foldersOf(calls).flatMap(([one]) => (one === "" ? [] : [one]));

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "" || [name, folder].some((text) => problemOfLength(text, LONGEST))) return;
    let isSaved = true;
    await change((before) => {
      const after = withSaved(before, kept.id, { name, folder });
      isSaved = after !== before;
      return after;
    });
    if (isSaved) {
      onDone();
      return onSaved();
    }
    notify({ kind: "error", text: `${SAVED_KEPT} calls are saved already: remove one that is not needed.` });
  }

  return (
    <form className={classes.save} aria-label="Save the call" onSubmit={(event) => void save(event)}>
      <TextInput
        label="Name"
        size="xs"
        autoFocus
        value={name}
        error={isChecked && name.trim() === "" ? "A saved call needs a name" : problemOfLength(name, LONGEST)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Autocomplete
        label="Folder"
        size="xs"
        placeholder="none"
        data={folders}
        value={folder}
        error={problemOfLength(folder, LONGEST)}
        onChange={setFolder}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="compact-sm">
          Save
        </Button>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

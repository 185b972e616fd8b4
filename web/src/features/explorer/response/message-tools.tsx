import { Button, TextInput } from "@mantine/core";
import { IconDownload, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { saveFile } from "../../../storage/save-file.ts";
import type { LogEntry } from "../call/call-log.ts";
import type { MessageTypes } from "./message-text.ts";
import classes from "./message-tools.module.css";
import { messagesFile } from "./messages-file.ts";

/** The messages, and what is looked for in them. */
export interface MessageToolsProps {
  readonly entries: readonly LogEntry[];
  readonly types: MessageTypes;
  readonly text: string;
  readonly onSearch: (text: string) => void;
  /** How many have what is looked for. */
  readonly found: number;
}

/** Finds messages by what they contain, and saves what was received to a file. */
export function MessageTools({ entries, types, text, onSearch, found }: MessageToolsProps) {
  const [isSaving, setSaving] = useState(false);

  async function save(): Promise<void> {
    setSaving(true);
    const received = entries.filter(({ direction }) => direction === "received");
    saveFile(`${types.method.name}.json`, "application/json", await messagesFile(received, types));
    setSaving(false);
  }

  return (
    <div className={classes.tools}>
      <TextInput
        type="search"
        size="xs"
        aria-label="Find in the messages"
        placeholder="Find in the messages"
        className={classes.search ?? ""}
        leftSection={<IconSearch aria-hidden size={14} />}
        value={text}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <span role="status" className={classes.note}>
        {text !== "" && `${found.toLocaleString("en")} of ${entries.length.toLocaleString("en")} messages`}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload aria-hidden size={14} />}
        disabled={isSaving || !entries.some(({ direction }) => direction === "received")}
        onClick={() => void save()}
      >
        Save as file
      </Button>
    </div>
  );
}

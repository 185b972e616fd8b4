import { ActionIcon } from "@mantine/core";
import { IconDeviceFloppy, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { RelativeTime } from "../../../components/relative-time.tsx";
import classes from "./call-row.module.css";
import { useKeptCalls } from "./calls-context.ts";
import { type KeptCall, without } from "./kept-calls.ts";
import { SaveCallForm } from "./save-call-form.tsx";

/** A call to open again, to save under a name, or to remove. */
export interface CallRowProps {
  readonly kept: KeptCall;
  readonly onOpen: (call: KeptCall) => void;
  /** Hears that it was removed, or has gone to where saved ones are. */
  readonly onGone: () => void;
}

/** One of the calls that are kept: what it is called, or what was called, how it ended and when. */
export function CallRow({ kept, onOpen, onGone }: CallRowProps) {
  const { change } = useKeptCalls();
  const [isSaving, setSaving] = useState(false);
  const [service = "", method = ""] = kept.call.method.split("/");
  const name = kept.name ?? method;
  return (
    <li className={classes.row}>
      <button type="button" className={classes.open} title={kept.call.method} onClick={() => onOpen(kept)}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.about}>
          {kept.name === undefined ? service.split(".").at(-1) : method}
          {kept.call.server !== undefined && ` at ${kept.call.server}`}
          {kept.code !== "" && <span data-ok={kept.code === "OK"}> · {kept.code}</span>} ·{" "}
          <RelativeTime time={new Date(kept.at)} />
        </span>
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={kept.name === undefined ? `Save ${name}` : `Rename ${name}`}
        aria-expanded={isSaving}
        onClick={() => setSaving(!isSaving)}
      >
        <IconDeviceFloppy aria-hidden size={16} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove ${name}`}
        onClick={() => void change((calls) => without(calls, kept.id)).then(onGone)}
      >
        <IconX aria-hidden size={16} />
      </ActionIcon>
      {isSaving && <SaveCallForm kept={kept} onSaved={onGone} onDone={() => setSaving(false)} />}
    </li>
  );
}

import type { Registry } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { RecordedCall } from "@triptych/rpc-web";
import { useState } from "react";
import { saveFile } from "../../storage/save-file.ts";
import { callEntry } from "./call-entry.ts";
import { toHar } from "./har.ts";

/** The calls to save, and as what. */
export interface SaveButtonProps {
  readonly calls: readonly RecordedCall[];
  /** The messages that may be inside an Any. */
  readonly types: Registry;
  readonly format: "HAR" | "JSON";
}

const titles = {
  HAR: "Save the calls of the list and their messages as an HTTP Archive, which the network panels of browsers read; look through it before you pass it on",
  JSON: "Save the calls of the list and their decoded messages; look through it before you pass it on",
};

/** Saves calls as a file, without what looks secret. */
export function SaveButton({ calls, types, format }: SaveButtonProps) {
  const [isSaving, setIsSaving] = useState(false);
  const save = async () => {
    if (isSaving) return;
    setIsSaving(true);
    try {
      const text = format === "HAR" ? await toHar(calls, types) : await toJson(calls, types);
      const name = `triptych-${new Date().toISOString().replaceAll(":", "-").slice(0, 19)}`;
      saveFile(`${name}.${format.toLowerCase()}`, "application/json", JSON.stringify(text, null, 2));
    } finally {
      setIsSaving(false);
    }
  };
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconDownload aria-hidden size={14} stroke={1.75} />}
      title={titles[format]}
      aria-label={`Save as ${format}`}
      disabled={calls.length === 0}
      // Disabled, it would lose the focus.
      aria-disabled={isSaving}
      onClick={() => void save()}
    >
      {format}
    </Button>
  );
}

async function toJson(calls: readonly RecordedCall[], types: Registry) {
  return { calls: await Promise.all(calls.map((call) => callEntry(call, types))) };
}

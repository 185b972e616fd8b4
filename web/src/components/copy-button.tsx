import { Button, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useContext, useEffect, useState } from "react";
import { StreamEnvironmentContext } from "../hooks/stream-environment.ts";
import { copyText } from "./copy-text.ts";

/** What to copy. */
export interface CopyButtonProps {
  /** What the button is called. */
  readonly label: string;
  /** What stands on it; "Copy" where absent. */
  readonly caption?: string;
  readonly text: string;
}

const shownFor = 2_000;

/** Copies a text, and says for two seconds whether that went well. */
export function CopyButton({ label, caption = "Copy", text }: CopyButtonProps) {
  const { schedule } = useContext(StreamEnvironmentContext);
  const [copied, setCopied] = useState<{ readonly text: string; readonly ok: boolean }>();
  useEffect(
    () => (copied === undefined ? undefined : schedule(shownFor, () => setCopied(undefined))),
    [copied, schedule],
  );
  const word = copied?.text !== text ? undefined : copied.ok ? "Copied" : "Not copied";
  const Icon = word === "Copied" ? IconCheck : IconCopy;
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={label}
        leftSection={<Icon aria-hidden size={16} stroke={1.75} />}
        onClick={() => void copyText(text).then((ok) => setCopied({ text, ok }))}
      >
        {word ?? caption}
      </Button>
      <VisuallyHidden role="status">{word}</VisuallyHidden>
    </>
  );
}

import { Button } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Fragment, useRef } from "react";
import { useNotify } from "../../notices/use-notify.ts";
import { curlCommand } from "./curl-command.ts";
import classes from "./terminal-hint.module.css";

/** A line that greets from a terminal, and a button that copies it. */
export function TerminalHint() {
  const notify = useNotify();
  const code = useRef<HTMLElement>(null);
  const command = curlCommand(window.location.origin);

  async function copy() {
    try {
      await navigator.clipboard.writeText(command);
      notify({ kind: "success", text: "Copied. Paste it into a terminal." });
    } catch {
      // Browsers keep the clipboard from pages that came over plain HTTP from another machine.
      if (code.current !== null) window.getSelection()?.selectAllChildren(code.current);
      notify({
        kind: "info",
        text: "The browser does not let this page copy. The line is selected: copy it yourself.",
      });
    }
  }

  return (
    <div className={classes.hint}>
      <pre className={classes.command}>
        <code ref={code}>{breakable(command)}</code>
      </pre>
      <Button
        className={classes.copy}
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} aria-hidden />}
        onClick={copy}
      >
        Copy command
      </Button>
    </div>
  );
}

/** The same text, which may be broken after every slash of the address. */
function breakable(command: string) {
  return command.split(/(?<=[^/]\/)(?=[^/])/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ));
}

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { shortened } from "./excerpt.ts";
import type { HistoryEntry } from "./history-entry.ts";
import classes from "./history-panel.module.css";

/** A kept result and what can be done with it. */
export interface HistoryLineProps {
  readonly entry: HistoryEntry;
  readonly onReuse: () => void;
  readonly onDelete: () => void;
}

const longest = 80;

/** A kept result: chosen, it is used again. */
export function HistoryLine({ entry, onReuse, onDelete }: HistoryLineProps) {
  const expression = shortened(entry.expression, longest);
  return (
    <li className={classes.entry}>
      <button type="button" className={classes.reuse} title="Use again" onClick={onReuse}>
        <span className={classes.expression}>{expression}</span>{" "}
        <span className={classes.value}>
          <span>{entry.exact ? "=" : "≈"}</span> <span>{shortened(entry.value, longest)}</span>
        </span>
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Delete ${expression}`}
        data-delete
        className={classes.delete}
        onClick={onDelete}
      >
        <IconX aria-hidden size={16} stroke={1.75} />
      </ActionIcon>
    </li>
  );
}

import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./controls.module.css";

/** What to take away. */
export interface RemoveButtonProps {
  /** What the button is called. */
  readonly label: string;
  readonly onRemove: () => void;
  /** Its picture. */
  readonly children: ReactNode;
}

/** A button that takes a value or a row away. */
export function RemoveButton({ label, onRemove, children }: RemoveButtonProps) {
  return (
    <ActionIcon variant="subtle" className={classes.remove ?? ""} aria-label={label} title={label} onClick={onRemove}>
      {children}
    </ActionIcon>
  );
}

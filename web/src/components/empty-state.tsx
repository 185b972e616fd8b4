import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

/** What is shown where there is nothing yet. */
export interface EmptyStateProps {
  /** What there is none of, as a sentence or a few words. */
  readonly title: string;
  /** How something comes to be here. */
  readonly children?: ReactNode;
  /** A small picture; it is hidden from assistive technology. */
  readonly icon?: ReactNode;
  /** What to do about it, such as a button. */
  readonly action?: ReactNode;
}

/** Says that there is nothing here yet, and how that changes. */
export function EmptyState({ title, children, icon, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon !== undefined && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <p className={classes.title}>{title}</p>
      {children !== undefined && <p className={classes.text}>{children}</p>}
      {action}
    </div>
  );
}

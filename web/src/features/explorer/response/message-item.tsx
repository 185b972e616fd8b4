import { memo } from "react";
import type { LogEntry } from "../call/call-log.ts";
import { JsonView } from "./json-view.tsx";
import classes from "./message-item.module.css";
import { type MessageTypes, messageText } from "./message-text.ts";

/** A message of a call. */
export interface MessageItemProps {
  readonly entry: LogEntry;
  readonly types: MessageTypes;
  /** Whether it is one of those that are compared. */
  readonly isCompared: boolean;
  readonly onCompare: (entry: LogEntry) => void;
}

/** One message: which way it went, when, and what it says. */
export const MessageItem = memo(function MessageItem({ entry, types, isCompared, onCompare }: MessageItemProps) {
  const { direction, at, number } = entry;
  return (
    <div className={classes.item} data-direction={direction}>
      <p className={classes.head}>
        <span className={classes.direction}>{direction === "sent" ? "Sent" : "Received"}</span>
        <span className={classes.meta}>
          #{number} · {(at / 1_000).toFixed(3)} s
        </span>
        <button
          type="button"
          className={classes.compare}
          aria-pressed={isCompared}
          aria-label={`Compare message ${number}`}
          onClick={() => onCompare(entry)}
        />
      </p>
      <JsonView text={messageText(entry, types)} />
    </div>
  );
});

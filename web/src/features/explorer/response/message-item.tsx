import { type DescMessage, type DescMethod, type Message, type Registry, toJson } from "@bufbuild/protobuf";
import { memo } from "react";
import type { LogEntry } from "../call/call-log.ts";
import classes from "./message-item.module.css";

/** A message of a call of a method. */
export interface MessageItemProps {
  readonly entry: LogEntry;
  readonly method: DescMethod;
  readonly types: Registry;
}

/** How many characters of one message are shown. */
const shownCharacters = 20_000;

/** One message: which way it went, when, and what it says. */
export const MessageItem = memo(function MessageItem({ entry, method, types }: MessageItemProps) {
  const { direction, at, number, message } = entry;
  const desc = direction === "sent" ? method.input : method.output;
  return (
    <li className={classes.item} data-direction={direction}>
      <p className={classes.head}>
        <span className={classes.direction}>{direction === "sent" ? "Sent" : "Received"}</span>
        <span className={classes.meta}>
          #{number} · {(at / 1_000).toFixed(3)} s
        </span>
      </p>
      <pre className={classes.text}>{messageText(desc, message, types, direction === "received")}</pre>
    </li>
  );
});

/** What a message says, as JSON; where it is received with the fields that hold their zero value, which the wire leaves out. */
function messageText(desc: DescMessage, message: Message, types: Registry, withZeros: boolean): string {
  try {
    const json = toJson(desc, message, { registry: types, alwaysEmitImplicit: withZeros });
    const text = JSON.stringify(json, null, 2);
    if (text.length <= shownCharacters) return text;
    return `${text.slice(0, shownCharacters)}\n… ${text.length - shownCharacters} more characters`;
  } catch (error) {
    // An Any of a type that nobody told of has no JSON.
    return `This ${desc.name} cannot be written as JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

import { useId, useState } from "react";
import { durationText } from "../../text/amount-text.ts";
import classes from "./comparison-view.module.css";
import { LineByLine } from "./line-by-line.tsx";
import { messageVerdict } from "./message-verdict.ts";
import { type PairedMessages, pairedMessages } from "./paired-messages.ts";
import type { CallMessage } from "./use-messages.ts";

/** The messages of one direction of two calls. */
export interface ComparedMessagesProps {
  readonly title: string;
  readonly first: readonly CallMessage[];
  readonly second: readonly CallMessage[];
}

/** So many of the pairs that differ are open at first. */
const OPEN_AT_FIRST = 3;

/** The messages of two calls side by side, by their numbers; what differs is marked. */
export function ComparedMessages({ title, first, second }: ComparedMessagesProps) {
  const titleId = useId();
  const pairs = pairedMessages(first, second);
  const count = pairs.length;
  const open = new Set(count === 1 ? pairs : pairs.filter(differs).slice(0, OPEN_AT_FIRST));
  return (
    <section className={classes.group} aria-labelledby={titleId}>
      <h4 id={titleId} className={classes.title}>
        {title}
      </h4>
      {count === 0 && <p className={classes.none}>Neither has any.</p>}
      {pairs.map((pair) => (
        // Which are open is known once they are read.
        <MessagePair key={`${pair.number} ${isRead(pair)}`} pair={pair} isOpenAtFirst={open.has(pair)} />
      ))}
    </section>
  );
}

function isRead({ first, second }: PairedMessages): boolean {
  return (first === undefined || first.decoded !== undefined) && (second === undefined || second.decoded !== undefined);
}

function differs({ first, second, notKept }: PairedMessages): boolean {
  if (notKept !== undefined) return false;
  return first === undefined || second === undefined || messageVerdict(first, second) === "differs";
}

function MessagePair({ pair, isOpenAtFirst }: { pair: PairedMessages; isOpenAtFirst: boolean }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { number, first, second } = pair;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.pair} data-differs={differs(pair) || undefined}>
        <span>
          Message {number}: {verdict(pair)}
        </span>
        <span>{timeOf(first)}</span>
        <span>{timeOf(second)}</span>
      </summary>
      {isOpen && isRead(pair) && <MessageTexts first={first} second={second} />}
    </details>
  );
}

function verdict(pair: PairedMessages): string {
  if (pair.notKept !== undefined) return `not kept of the ${pair.notKept} call`;
  if (pair.second === undefined) return "the first call only";
  if (pair.first === undefined) return "the second call only";
  return messageVerdict(pair.first, pair.second) ?? "reading…";
}

function timeOf(message: CallMessage | undefined): string {
  return message === undefined ? "–" : `+${durationText(message.frame.at)}`;
}

function MessageTexts({ first, second }: Pick<PairedMessages, "first" | "second">) {
  const [ofFirst, ofSecond] = [textOf(first), textOf(second)];
  return (
    <>
      <NotDecoded call="First" message={first} />
      <NotDecoded call="Second" message={second} />
      {(ofFirst ?? ofSecond) !== undefined && <LineByLine first={ofFirst} second={ofSecond} />}
    </>
  );
}

function textOf(message: CallMessage | undefined): string | undefined {
  return message?.decoded === undefined || message.decoded.kind === "unreadable" ? undefined : message.decoded.text;
}

function NotDecoded({ call, message }: { readonly call: string; readonly message: CallMessage | undefined }) {
  if (message?.decoded?.kind !== "unreadable") return null;
  return (
    <p className={classes.none}>
      {call} call: not decoded: {message.decoded.reason}.
    </p>
  );
}

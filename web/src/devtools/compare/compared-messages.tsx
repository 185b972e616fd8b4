import { useId, useMemo, useState } from "react";
import { durationText } from "../../text/amount-text.ts";
import { comparedLines } from "./compared-lines.ts";
import classes from "./comparison-view.module.css";
import type { CallMessage } from "./use-messages.ts";

/** The messages of one direction of two calls. */
export interface ComparedMessagesProps {
  readonly title: string;
  readonly first: readonly CallMessage[];
  readonly second: readonly CallMessage[];
}

/** So many of the pairs that differ are open at first. */
const OPEN_AT_FIRST = 3;

/** The messages of two calls side by side, the first with the first and so on; what differs is marked. */
export function ComparedMessages({ title, first, second }: ComparedMessagesProps) {
  const titleId = useId();
  const count = Math.max(first.length, second.length);
  const pairs = Array.from({ length: count }, (_, index) => ({ first: first[index], second: second[index] }));
  const open = new Set(count === 1 ? pairs : pairs.filter(differs).slice(0, OPEN_AT_FIRST));
  return (
    <section className={classes.group} aria-labelledby={titleId}>
      <h4 id={titleId} className={classes.title}>
        {title}
      </h4>
      {count === 0 && <p className={classes.none}>Neither has any.</p>}
      {pairs.map((pair, index) => (
        <MessagePair
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its number; which are open is known once they are read.
          key={`${index} ${isRead(pair)}`}
          number={index + 1}
          pair={pair}
          isOpenAtFirst={open.has(pair)}
        />
      ))}
    </section>
  );
}

interface Pair {
  readonly first: CallMessage | undefined;
  readonly second: CallMessage | undefined;
}

function isRead({ first, second }: Pair): boolean {
  return (first === undefined || first.text !== undefined) && (second === undefined || second.text !== undefined);
}

function differs({ first, second }: Pair): boolean {
  return first?.text !== second?.text;
}

function MessagePair({ number, pair, isOpenAtFirst }: { number: number; pair: Pair; isOpenAtFirst: boolean }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { first, second } = pair;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.pair} data-differs={differs(pair) || undefined}>
        <span>
          Message {number}: {verdict(pair)}
        </span>
        <span>{timeOf(first)}</span>
        <span>{timeOf(second)}</span>
      </summary>
      {isOpen && isRead(pair) && <Lines first={first?.text ?? ""} second={second?.text ?? ""} />}
    </details>
  );
}

function verdict(pair: Pair): string {
  if (!isRead(pair)) return "reading…";
  if (pair.second === undefined) return "the first call only";
  if (pair.first === undefined) return "the second call only";
  return differs(pair) ? "differs" : "the same";
}

function timeOf(message: CallMessage | undefined): string {
  return message === undefined ? "–" : `+${durationText(message.frame.at)}`;
}

function Lines({ first, second }: { readonly first: string; readonly second: string }) {
  const lines = useMemo(() => comparedLines(first, second), [first, second]);
  if (lines === undefined) return <p className={classes.none}>They are too different to be compared line by line.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section tabIndex={0} aria-label="Line by line" className={classes.lines}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison neither move nor change.
        <div key={index} className={classes.line} data-differs={line.differs || undefined}>
          <Side text={line.first} differs={line.differs} sign="−" />
          <Side text={line.second} differs={line.differs} sign="+" />
        </div>
      ))}
    </section>
  );
}

function Side({ text, differs, sign }: { text: string | undefined; differs: boolean; sign: "−" | "+" }) {
  const Tag = !differs || text === undefined ? "span" : sign === "+" ? "ins" : "del";
  return <Tag className={classes.side}>{text === undefined ? "" : `${differs ? sign : " "} ${text}`}</Tag>;
}

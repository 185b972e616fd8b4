import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { useStickToEnd } from "../../../hooks/use-stick-to-end.ts";
import type { LogEntry } from "../call/call-log.ts";
import { MessageItem, type MessageItemProps } from "./message-item.tsx";
import classes from "./message-list.module.css";

/** The messages that are shown. */
export interface MessageListProps extends Pick<MessageItemProps, "types" | "onCompare"> {
  readonly entries: readonly LogEntry[];
  /** Those that are compared; they may be of an earlier call. */
  readonly compared: readonly LogEntry[];
}

/** From how many messages on only those in sight are in the page. */
const MANY = 60;

/** The messages of a call, oldest first: of many only those in sight, so that no number of them holds up the page. */
export function MessageList({ entries, compared, ...rest }: MessageListProps) {
  const isMany = entries.length > MANY;
  const virtualizer = useVirtualizer({
    count: isMany ? entries.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => 160,
    overscan: 2,
    getItemKey: (index) => entries[index]?.number ?? index,
  });
  const height = virtualizer.getTotalSize();
  const scroller: RefObject<HTMLDivElement | null> = useStickToEnd<HTMLDivElement>(
    isMany ? `${entries.at(-1)?.number} ${height}` : entries,
  );
  const item = (entry: LogEntry) => <MessageItem entry={entry} isCompared={compared.includes(entry)} {...rest} />;
  return (
    <div
      ref={scroller}
      role="log"
      aria-label="Messages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      hidden={entries.length === 0}
      className={classes.messages}
    >
      {isMany ? (
        <ol className={classes.list} style={{ height }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const entry = entries[index];
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={entries.length}
                className={classes.placed}
                style={{ transform: `translateY(${start}px)` }}
              >
                {entry && item(entry)}
              </li>
            );
          })}
        </ol>
      ) : (
        <ol className={classes.list}>
          {entries.map((entry) => (
            <li key={entry.number}>{item(entry)}</li>
          ))}
        </ol>
      )}
    </div>
  );
}

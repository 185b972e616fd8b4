import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import type { Greeting, Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type UIEvent, useRef, useState } from "react";
import { GreetingEntry } from "./greeting-entry.tsx";
import classes from "./greeting-log.module.css";

/** What the log shows. */
export interface GreetingLogProps {
  /** Oldest first; shown newest first. */
  readonly greetings: readonly Greeting[];
  /** Whether they come too fast for each to be announced and moved into place. */
  readonly crowded: boolean;
  /** The languages by tag. */
  readonly languages: ReadonlyMap<string, Language>;
}

/** Scrolled no further than this, in pixels, counts as looking at the newest. */
const topMargin = 8;
/** No more entries than these are all drawn, however fast they come. */
const alwaysDrawn = 60;
/** Twice as many as the box has room for. */
const drawnInARush = 24;
/** How tall the shortest entry is, with its padding and line. */
const entryRem = 4.2;

/**
 * The greetings, newest first, in a box of its own that scrolls. Who has scrolled down keeps reading what is there: new
 * ones wait behind a button that counts them. Of many that come in a rush only those are drawn that can be seen: each
 * moves all that are below it, with every frame.
 */
export function GreetingLog({ greetings, crowded, languages }: GreetingLogProps) {
  const box = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<readonly Greeting[]>();
  const shown = held ?? greetings;
  const inARush = crowded && held === undefined && shown.length > alwaysDrawn;
  const drawn = inARush ? shown.slice(-drawnInARush) : shown;
  const waiting = held === undefined ? 0 : countNewer(greetings, held);

  function onScroll({ currentTarget }: UIEvent<HTMLDivElement>) {
    const atTop = currentTarget.scrollTop <= topMargin;
    setHeld((last) => (atTop ? undefined : (last ?? greetings)));
  }

  function showNewest() {
    setHeld(undefined);
    box.current?.scrollTo({ top: 0 });
    // The button goes, and the focus must not go with it.
    box.current?.focus({ preventScroll: true });
  }

  return (
    <div className={classes.frame}>
      {waiting > 0 && (
        <Button
          className={classes.newer}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} aria-hidden />}
          onClick={showNewest}
        >
          {waiting.toLocaleString("en")} new {waiting === 1 ? "greeting" : "greetings"}
        </Button>
      )}
      <div
        ref={box}
        className={classes.box}
        role="log"
        aria-label="Live wall"
        aria-live={crowded ? "off" : "polite"}
        data-crowded={crowded || undefined}
        // What scrolls must be reachable by keyboard.
        tabIndex={shown.length === 0 ? undefined : 0}
        onScroll={onScroll}
      >
        <ol
          className={classes.list}
          style={{ paddingBlockEnd: `${((shown.length - drawn.length) * entryRem).toFixed(1)}rem` }}
        >
          {drawn.toReversed().map((greeting) => (
            <GreetingEntry
              key={String(greeting.sequence)}
              greeting={greeting}
              language={languages.get(greeting.language)}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}

/** How many greetings came after the newest of those held: the numbers of the feed have no gaps. */
function countNewer(greetings: readonly Greeting[], held: readonly Greeting[]): number {
  const newest = greetings.at(-1)?.sequence ?? 0n;
  const newestHeld = held.at(-1)?.sequence ?? 0n;
  return Math.max(0, Number(newest - newestHeld));
}

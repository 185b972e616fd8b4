import type { Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { arrivalRate, rateText } from "./arrival-rate.ts";
import classes from "./stream-progress.module.css";
import { textDirection } from "./text-direction.ts";
import type { GreetingStream } from "./use-greeting-stream.ts";

/** What is shown of a stream. */
export interface StreamProgressProps {
  readonly stream: GreetingStream;
  /** The languages by tag. */
  readonly languages: ReadonlyMap<string, Language>;
  /** Whether every greeting is announced: not those that come faster than they can be said. */
  readonly announced: boolean;
}

const shown = 20;

/** How many greetings have come and how fast, and the latest of them, newest first. */
export function StreamProgress({ stream: { state, items, total }, languages, announced }: StreamProgressProps) {
  const rate = arrivalRate(items.map(({ at }) => at));
  return (
    <>
      <dl className={classes.figures}>
        <div>
          <dt>Received</dt>
          <dd>{total.toLocaleString("en")}</dd>
        </div>
        <div>
          <dt>Rate</dt>
          <dd>
            {rate === undefined ? "–" : rateText(rate)} <small>per second</small>
          </dd>
        </div>
      </dl>
      <div
        className={classes.box}
        role="log"
        aria-label="Streamed greetings"
        aria-live={announced ? "polite" : "off"}
        data-filled={total > 0 || state.kind === "open" || undefined}
        // What scrolls must be reachable by keyboard.
        tabIndex={total === 0 ? undefined : 0}
      >
        {total === 0 ? (
          <p className={classes.none}>
            {state.kind === "open" ? "Waiting for the first one …" : "Nothing has come yet."}
          </p>
        ) : (
          <ol className={classes.list}>
            {items
              .slice(-shown)
              .toReversed()
              .map(({ greeting: { number, message, language } }) => (
                <li key={number}>
                  <span className={classes.number}>{number}</span>
                  <span
                    className={classes.message}
                    lang={language}
                    dir={textDirection(languages.get(language))}
                    title={message}
                  >
                    {message}
                  </span>
                </li>
              ))}
          </ol>
        )}
      </div>
    </>
  );
}

import { matchedParts } from "./matched-parts.ts";
import classes from "./matched-text.module.css";

/** A text in which the beginnings of words that a search found are marked. */
export function MatchedText({ text, query }: { readonly text: string; readonly query: string }) {
  let start = 0;
  return matchedParts(text, query).map((part) => {
    const key = start;
    start += part.text.length;
    return part.matched ? (
      <mark key={key} className={classes.match}>
        {part.text}
      </mark>
    ) : (
      part.text
    );
  });
}

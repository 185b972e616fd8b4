import { useContext, useEffect, useEffectEvent, useState } from "react";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";

// Long enough to hold back the letters of a word typed fast, short enough to be felt as at once.
const pauseMs = 120;

/**
 * The text of a search field and how to set it. The query follows once the typing pauses; the text follows the query where
 * something else changes that, such as a link.
 */
export function useSearchText(query: string, setQuery: (query: string) => void): [string, (text: string) => void] {
  const { schedule } = useContext(StreamEnvironmentContext);
  const [text, setText] = useState(query);
  const [seen, setSeen] = useState(query);
  if (seen !== query) {
    setSeen(query);
    if (text.trim() !== query) setText(query);
  }
  const commit = useEffectEvent((typed: string) => {
    if (typed.trim() !== query) setQuery(typed.trim());
  });
  useEffect(() => schedule(pauseMs, () => commit(text)), [text, schedule]);
  return [text, setText];
}

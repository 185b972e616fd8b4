import { useEffect, useMemo, useState } from "react";
import type { LogEntry } from "../call/call-log.ts";
import { inSlices } from "./in-slices.ts";
import { type MessageTypes, messageText } from "./message-text.ts";

/**
 * The messages that contain a text, whatever its case; all where it is empty. They are looked through in slices between which the page does what else there is
 * to do, and each only once: while more come, those that were looked through are shown.
 */
export function useFound(entries: readonly LogEntry[], text: string, types: MessageTypes): readonly LogEntry[] {
  const { method, types: registry } = types;
  const search = useMemo(() => searchFor(text, { method, types: registry }), [text, method, registry]);
  const [found, setFound] = useState<{ readonly search: object; readonly entries: readonly LogEntry[] }>();
  useEffect(() => {
    if (text === "") return;
    const left = new AbortController();
    const show = () => setFound({ search, entries: search.found(entries) });
    show();
    const unknown = entries.filter((entry) => !search.knows(entry));
    void inSlices(unknown, search.look, left.signal).then((isWhole) => isWhole && show());
    return () => left.abort();
  }, [entries, text, search]);
  if (text === "") return entries;
  return found?.search === search ? found.entries : [];
}

/** What is known of the messages that one text is looked for in. */
function searchFor(text: string, types: MessageTypes) {
  const wanted = text.toLowerCase();
  const known = new WeakMap<LogEntry, boolean>();
  return {
    knows: (entry: LogEntry) => known.has(entry),
    look: (entry: LogEntry) => void known.set(entry, messageText(entry, types).toLowerCase().includes(wanted)),
    found: (entries: readonly LogEntry[]) => entries.filter((entry) => known.get(entry) === true),
  };
}

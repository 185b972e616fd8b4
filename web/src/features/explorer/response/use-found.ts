import { useEffect, useState } from "react";
import type { LogEntry } from "../call/call-log.ts";
import { inSlices } from "./in-slices.ts";
import { type MessageTypes, messageText } from "./message-text.ts";

/** The messages that contain a text, whatever its case; all where it is empty. Long ones are looked through in slices, so that they come one after another. */
export function useFound(entries: readonly LogEntry[], text: string, types: MessageTypes): readonly LogEntry[] {
  const [found, setFound] = useState<{ readonly text: string; readonly entries: readonly LogEntry[] }>();
  const { method, types: registry } = types;
  useEffect(() => {
    if (text === "") return;
    const wanted = text.toLowerCase();
    const left = new AbortController();
    const matches: LogEntry[] = [];
    const look = (entry: LogEntry) => {
      if (messageText(entry, { method, types: registry }).toLowerCase().includes(wanted)) matches.push(entry);
    };
    void inSlices(entries, look, left.signal).then((isWhole) => {
      if (isWhole) setFound({ text, entries: matches });
    });
    return () => left.abort();
  }, [entries, text, method, registry]);
  if (text === "") return entries;
  return found?.text === text ? found.entries : [];
}

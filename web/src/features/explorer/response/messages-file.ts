import type { LogEntry } from "../call/call-log.ts";
import { inSlices } from "./in-slices.ts";
import { type MessageTypes, messageText } from "./message-text.ts";

/** How many characters the browser takes over at once: it encodes and copies them, which holds up the page for as long. */
const AT_ONCE = 500_000;

/** What makes a part of a file of texts; the browser's own unless a test counts them. */
export type MakePart = (parts: BlobPart[]) => Blob;

const makeBlob: MakePart = (parts) => new Blob(parts);

/**
 * The file of some messages: the JSON of the only one, or a list of them. It is written in slices between which the page does what else there is to do, and
 * handed over to the browser bit by bit, so that the text of all of them is never in one piece.
 */
export async function messagesFile(
  entries: readonly LogEntry[],
  types: MessageTypes,
  makePart: MakePart = makeBlob,
): Promise<Blob> {
  const isList = entries.length !== 1;
  const written: Blob[] = [];
  let texts: string[] = isList ? ["["] : [];
  let size = 0;
  const add = (text: string) => {
    texts.push(text);
    size += text.length;
    if (size < AT_ONCE) return;
    written.push(makePart(texts));
    texts = [];
    size = 0;
  };
  const each = (entry: LogEntry, index: number) => add((index === 0 ? "" : ",\n") + messageText(entry, types));
  await inSlices(entries, each, new AbortController().signal);
  if (isList) texts.push("]");
  return makePart([...written, ...texts]);
}

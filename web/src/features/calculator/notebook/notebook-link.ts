import { emptyNotebook, type Notebook } from "./notebook.ts";

/** The part of an address after the `#` that shows the notebook a person keeps in the browser. */
export const notebookHash = "#notebook";

const prefix = `${notebookHash}?`;
/** The longest that is read from a link, in characters: a full notebook in which all have to be escaped takes less. */
const longest = 200_000;

/** Whether an address is meant to show a notebook. */
export function isNotebookHash(hash: string): boolean {
  return hash === notebookHash || hash.startsWith(prefix);
}

/** The part of an address after the `#` that holds a whole notebook. Equal notebooks give the same text. */
export function sharedHash({ text, digits, plot }: Notebook): string {
  const fields = new URLSearchParams({ text });
  if (digits !== emptyNotebook.digits) fields.set("digits", String(digits));
  for (const [name, value] of Object.entries(plot)) {
    if (value !== emptyNotebook.plot[name as keyof Notebook["plot"]]) fields.set(name, value);
  }
  return prefix + fields;
}

/** The notebook in the part of an address after the `#`; undefined where there is none, or more than a notebook takes. */
export function readSharedHash(hash: string): Notebook | undefined {
  return hash.length > longest ? undefined : readHash(hash);
}

/** Likewise, of any length, as a person's own is kept. What it does not say is as in an empty one. */
export function readHash(hash: string): Notebook | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  const fields = new URLSearchParams(hash.slice(prefix.length));
  const digits = Number(fields.get("digits"));
  const { plot } = emptyNotebook;
  return {
    text: (fields.get("text") ?? "").replaceAll(/\r\n?/gu, "\n"),
    digits: Number.isInteger(digits) && digits >= 1 && digits <= 1_000 ? digits : emptyNotebook.digits,
    plot: {
      expression: fields.get("expression") ?? plot.expression,
      from: fields.get("from") ?? plot.from,
      to: fields.get("to") ?? plot.to,
    },
  };
}

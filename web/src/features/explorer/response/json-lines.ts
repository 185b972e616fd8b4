/** A part of a line of JSON, and what it is. */
export interface JsonToken {
  readonly kind: "key" | "string" | "number" | "word" | "plain";
  readonly text: string;
}

/** A line of indented JSON. */
export interface JsonLine {
  readonly tokens: readonly JsonToken[];
  /** The number of the line, from 0, that closes what this one opens; undefined where it opens nothing. */
  readonly closedBy: number | undefined;
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|[^"\d\-tfn]+|./g;

/** The lines of a text that `JSON.stringify` has indented; a text that is no JSON is plain. */
export function jsonLines(text: string): readonly JsonLine[] {
  const lines = text.split("\n");
  const closedBy = new Map<number, number>();
  const open: number[] = [];
  for (const [number, line] of lines.entries()) {
    const trimmed = line.trimStart();
    if (/^[}\]]/.test(trimmed)) {
      const opened = open.pop();
      if (opened !== undefined) closedBy.set(opened, number);
    }
    if (/[{[]$/.test(line)) open.push(number);
  }
  return lines.map((line, number) => ({ tokens: tokensOf(line), closedBy: closedBy.get(number) }));
}

function tokensOf(line: string): readonly JsonToken[] {
  return [...line.matchAll(TOKEN)].map(([text, string, colon, number, word]): JsonToken => {
    if (string !== undefined) return { kind: colon === undefined ? "string" : "key", text };
    return { kind: number === undefined ? (word === undefined ? "plain" : "word") : "number", text };
  });
}

/** The numbers of the lines that are shown while some are folded. */
export function shownLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): readonly number[] {
  const shown: number[] = [];
  for (let number = 0; number < lines.length; number++) {
    shown.push(number);
    const closedBy = lines[number]?.closedBy;
    if (folded.has(number) && closedBy !== undefined) number = closedBy;
  }
  return shown;
}

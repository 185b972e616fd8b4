import { createReadStream } from "node:fs";

/** The most characters of a line that are kept; no line of a table is that long. */
export const LONGEST_LINE = 65_536;

/**
 * Reads the lines of a text file in UTF-8, whatever its size, without their ends and without a mark of byte order. What a line has over
 * `LONGEST_LINE` characters is left out.
 * @throws Error when the file cannot be read.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = "";
  let first = true;
  for await (const chunk of createReadStream(path, { encoding: "utf8" })) {
    const lines = (rest + chunk).split("\n");
    rest = (lines.pop() ?? "").slice(0, LONGEST_LINE);
    for (const line of lines) {
      yield clean(line, first);
      first = false;
    }
  }
  if (rest !== "") yield clean(rest, first);
}

function clean(line: string, first: boolean): string {
  const text = first ? line.replace(/^\ufeff/, "") : line;
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of the project, where the programs of the page run. */
export const projectRoot = fileURLToPath(new URL("../../../..", import.meta.url));

/** A row of the table in `docs/clients.md`. */
export interface ClientRow {
  /** The section with its programs, in the form of links. */
  readonly section: string;
  /** The files that test it, relative to `docs/`. */
  readonly tests: readonly string[];
}

/** A program that the page offers to copy. */
export interface ClientProgram {
  /** The section it is in and its number there. */
  readonly name: string;
  readonly section: string;
  /** Where it runs: the heading above the section, such as `In a browser`. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
  /** What it prints, as the page says. */
  readonly printed: string;
}

/** What `docs/clients.md` says. */
export interface ClientPage {
  readonly rows: readonly ClientRow[];
  readonly programs: readonly ClientProgram[];
}

/** Reads the page; throws when a program is not followed by what it prints. */
export function readClientPage(): ClientPage {
  const text = readFileSync(new URL("../../../../docs/clients.md", import.meta.url), "utf8");
  return { rows: readRows(text), programs: readPrograms(text) };
}

/** Makes a program of the page call a server in place of `localhost:8080`. */
export function programFor(baseUrl: string, { code }: ClientProgram): string {
  return code.replaceAll("localhost:8080", new URL(baseUrl).host);
}

function readRows(text: string): ClientRow[] {
  return [...text.matchAll(/^\| \[[^\]]+\]\(#([^)]+)\).*\|([^|]*)\|$/gm)].map(([, section = "", tests = ""]) => ({
    section,
    tests: [...tests.matchAll(/\]\(([^)]+)\)/g)].map(([, path = ""]) => path),
  }));
}

function readPrograms(text: string): ClientProgram[] {
  return partsOf(text, /^## /m).flatMap(({ heading: place, rest }) =>
    partsOf(rest, /^### /m).flatMap(({ heading, rest }) => programsOf(place, anchorOf(heading), rest)),
  );
}

/** The parts of a text that begin with a heading. */
function partsOf(text: string, mark: RegExp): { readonly heading: string; readonly rest: string }[] {
  const [, ...parts] = text.split(mark);
  return parts.map((part) => {
    const end = part.indexOf("\n");
    return { heading: part.slice(0, end), rest: part.slice(end) };
  });
}

function programsOf(place: string, section: string, text: string): ClientProgram[] {
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, language = "", code = ""], index) => {
    const [, format, printed = ""] = blocks[index + 1] ?? [];
    const isProgram = index % 2 === 0;
    if (isProgram ? format !== "text" : language !== "text")
      throw new Error(`programs and what they print must alternate: ${section}`);
    return isProgram ? [{ name: `${section}, program ${index / 2 + 1}`, section, place, language, code, printed }] : [];
  });
}

const anchorOf = (heading: string) => heading.toLowerCase().replaceAll(" ", "-");

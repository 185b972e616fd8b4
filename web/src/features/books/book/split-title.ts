/** A title in two parts. */
export interface SplitTitle {
  readonly main: string;
  /** The series and the number in it, the subtitle, or what else a title can do without; empty when there is none. */
  readonly rest: string;
}

// Titles such as `Gone: A Novel` are known by what stands before the colon, `2001: A Space Odyssey` and `It: …` are not.
const shortestBeforeColon = 4;

/** What a book is called for short, and the rest: `Dune (Dune Chronicles, #1)` gives `Dune` and `Dune Chronicles, #1`. */
export function splitTitle(title: string): SplitTitle {
  const { main, series } = withoutSeries(title.trim());
  const colon = main.search(/:\s/);
  const short = colon < 0 ? main : main.slice(0, colon).trim();
  if (colon < 0 || short.length < shortestBeforeColon || /^\P{L}*$/u.test(short)) return { main, rest: series };
  const subtitle = main.slice(colon + 1).trim();
  return { main: short, rest: series === "" ? subtitle : series };
}

function withoutSeries(title: string): { readonly main: string; readonly series: string } {
  if (!title.endsWith(")")) return { main: title, series: "" };
  let depth = 0;
  for (let at = title.length - 1; at > 0; at--) {
    if (title[at] === ")") depth++;
    if (title[at] === "(") depth--;
    if (depth === 0) return { main: title.slice(0, at).trim() || title, series: title.slice(at + 1, -1).trim() };
  }
  return { main: title, series: "" };
}

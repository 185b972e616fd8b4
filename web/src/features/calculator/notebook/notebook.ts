/** What a person has written into the notebook. */
export interface Notebook {
  /** The lines, with a line feed between them. */
  readonly text: string;
  /** How many significant digits a result that is not exact is rounded to. */
  readonly digits: number;
  readonly plot: PlotSettings;
}

/** What is plotted, as it was written. */
export interface PlotSettings {
  /** An expression of `x`; blank for the last function of the notebook. */
  readonly expression: string;
  readonly from: string;
  readonly to: string;
}

/** How many lines the server evaluates: of more than that it refuses all. */
export const mostLines = 200;

/** A notebook in which nothing is written yet. */
export const emptyNotebook: Notebook = { text: "", digits: 34, plot: { expression: "", from: "-5", to: "5" } };

/** A notebook that shows what notebooks can do. */
export const exampleText = [
  "# What follows a # is a comment",
  "price = 1200",
  "total = price * (1 + 19/100)",
  "total / 7",
  "ans * 7",
  "root = sqrt(2)",
  "root^2 - 2",
  "f(x) = x^3/10 - x + root",
  "f(1/3)",
].join("\n");

/** The lines of a notebook. */
export function linesOf(text: string): string[] {
  return text.split("\n");
}

/** Which line, from 1, a place in a text is in. */
export function lineAt(text: string, position: number): number {
  return linesOf(text.slice(0, position)).length;
}

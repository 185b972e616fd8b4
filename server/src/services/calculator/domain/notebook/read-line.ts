/** A line of a notebook that is more than white space and a comment. */
export interface NotebookLine {
  /** The variable or function that it names, in lower case; absent where it names none. */
  readonly name: string | undefined;
  /** The parameter of the function that it defines, in lower case; absent where it defines none. */
  readonly parameter: string | undefined;
  /** Its expression, with white space in the place of what stands before it, so that positions are those of the line. */
  readonly expression: string;
}

const DEFINITION = /^\s*([a-z_][a-z_0-9]*)\s*(?:\(\s*([a-z_][a-z_0-9]*)\s*\)\s*)?=/iu;

/** Reads what a line is: `1+2`, `a = 1+2` or `f(x) = x+1`, each with or without a comment. Undefined where it is nothing. */
export function readLine(text: string): NotebookLine | undefined {
  const comment = text.indexOf("#");
  const line = comment === -1 ? text : text.slice(0, comment);
  if (line.trim() === "") return undefined;
  const [before = "", name, parameter] = DEFINITION.exec(line) ?? [];
  return {
    name: name?.toLowerCase(),
    parameter: parameter?.toLowerCase(),
    expression: " ".repeat(before.length) + line.slice(before.length),
  };
}

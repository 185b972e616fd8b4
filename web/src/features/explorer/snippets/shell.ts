/** A word of a command for a POSIX shell that stands for exactly this text, whatever is in it but a zero character. */
export function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A word that stands for a text, and behind it the value of an environment variable, if one is named. */
export function quoteWithVariable(text: string, variable: string | undefined): string {
  return variable === undefined ? quoteForShell(text) : `"${text.replaceAll(/["\\$`]/g, "\\$&")}$${variable}"`;
}

/** A command of one option a line. What is given has been quoted where it needs to be. */
export function command(...lines: readonly string[]): string {
  return lines.join(" \\\n  ");
}

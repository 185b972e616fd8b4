/** The longest expression the server reads, in UTF-16 code units. */
const longest = 10_000;

/** What is wrong with an expression that is too long to be read, in a sentence; undefined for one that is not. */
export function lengthSentence({ length }: string): string | undefined {
  if (length <= longest) return undefined;
  return `At most ${longest.toLocaleString("en")} characters are read: these are ${length.toLocaleString("en")}.`;
}

const quotedLength = 30;

/** How many characters (Unicode code points) a well-formed text has. Allocates nothing, however long the text is. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++) {
    const isSecondOfPair = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isSecondOfPair) count--;
  }
  return count;
}

/** A text as an error may show it: in quotes, cut after 30 characters. */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 2 * quotedLength + 2)];
  const start = characters.slice(0, quotedLength).join("");
  return JSON.stringify(start) + (start.length < text.length ? "…" : "");
}

/** How many characters (Unicode code points) a well-formed text has. Allocates nothing, however long the text is. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++) {
    const isSecondOfPair = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isSecondOfPair) count--;
  }
  return count;
}

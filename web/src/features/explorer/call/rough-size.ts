/** How many values of a message are looked at: what is beyond them in one message is not counted. */
const MOST_VALUES = 2_000;

/** About how much memory a message takes: the characters of its texts, its bytes, and some for each other value. */
export function roughSize(message: object): number {
  const waiting: unknown[] = [message];
  let size = 0;
  for (let seen = 0; waiting.length > 0 && seen < MOST_VALUES; seen++) {
    const value = waiting.pop();
    if (typeof value === "string") size += value.length;
    else if (ArrayBuffer.isView(value)) size += value.byteLength;
    else if (typeof value === "object" && value !== null) waiting.push(...Object.values(value).slice(0, MOST_VALUES));
    size += 16;
  }
  return size;
}

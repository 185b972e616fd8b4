/** How many texts are remembered: clients send few different ones, but may send anything. */
const MAX_TEXTS = 256;
/** The longest that is remembered, in UTF-16 units: as long as the name of a host may be. What clients send again and again is shorter. */
const MAX_LENGTH = 255;

/** Remembers what was found out about the first texts that came, such as values of a header: at most 256, of at most 255 characters each. */
export class TextMemory<T> {
  private readonly known = new Map<string, T>();

  /** What is remembered of a text; undefined when nothing is. */
  get(text: string): T | undefined {
    return this.known.get(text);
  }

  /** Whether something is remembered of a text, if only that it is undefined. */
  has(text: string): boolean {
    return this.known.has(text);
  }

  /** Remembers something of a text, unless there is no room for it. */
  set(text: string, value: T): void {
    if (this.known.size < MAX_TEXTS && text.length <= MAX_LENGTH) this.known.set(text, value);
  }
}

/**
 * Keeps what was set or asked for lately, by text: never more than `most`, and always the latest half of that. Two maps do it: what is asked for is taken over into
 * the newer one, and the older one is dropped as a whole when the newer is half full. For what each call asks for: to find something takes one look into a map, a
 * third of what `lru-cache` takes, which knows the latest of all and serves everywhere else.
 */
export class RecentCache<T extends object | string | number> {
  private newer = new Map<string, T>();
  private older = new Map<string, T>();
  private readonly half: number;

  /** `most` is even, and 2 at least. */
  constructor(most: number) {
    this.half = most / 2;
  }

  /** What is kept under a text; undefined where nothing is. */
  get(key: string): T | undefined {
    return this.newer.get(key) ?? this.takeOver(key);
  }

  /** Whether something is kept under a text. To ask for it so keeps it no longer. */
  has(key: string): boolean {
    return this.newer.has(key) || this.older.has(key);
  }

  set(key: string, value: T): void {
    this.newer.set(key, value);
    if (this.newer.size < this.half) return;
    this.older = this.newer;
    this.newer = new Map();
  }

  delete(key: string): void {
    this.newer.delete(key);
    this.older.delete(key);
  }

  private takeOver(key: string): T | undefined {
    const value = this.older.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }
}

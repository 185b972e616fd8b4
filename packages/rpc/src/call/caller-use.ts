/** How often what was used counts half as much, in milliseconds. */
const HALVED_EVERY_MS = 1_000;
/** How many callers are known; what more of them use is not counted. */
const MAX_CALLERS = 1_000;

/** What callers have used lately, of a bounded number of them. Times are in milliseconds. */
export class CallerUse {
  private readonly uses = new Map<string, number>();
  private total = 0;
  private halvedAt = 0;

  /** What a caller has used; 0 for one that is not known. */
  of(caller: string): number {
    return this.uses.get(caller) ?? 0;
  }

  /** What those who are known have used on average; 0 where there are none. */
  get mean(): number {
    return this.uses.size === 0 ? 0 : this.total / this.uses.size;
  }

  add(caller: string, cost: number): void {
    const known = this.uses.get(caller);
    if (known === undefined && this.uses.size >= MAX_CALLERS) return;
    this.uses.set(caller, (known ?? 0) + cost);
    this.total += cost;
  }

  /** To be called now and then: what was used before counts less and less. */
  age(now: number): void {
    if (now - this.halvedAt < HALVED_EVERY_MS) return;
    this.halvedAt = now;
    this.total = 0;
    for (const [caller, use] of this.uses) {
      if (use < 1) this.uses.delete(caller);
      else {
        this.uses.set(caller, use / 2);
        this.total += use / 2;
      }
    }
  }

  clear(): void {
    this.uses.clear();
    this.total = 0;
  }
}

/** The locks of an origin, as several tabs share them. */
export interface FakeLockManager extends Pick<LockManager, "request"> {
  /** How many locks are held. */
  readonly held: number;
  /** Resolves once what was given back can be had again. */
  settled(): Promise<void>;
}

/** Creates locks that nobody holds. Like those of a browser they answer later, and are free some time after they were given back. */
export function createLockManager(): FakeLockManager {
  const held = new Set<string>();
  const later = () => new Promise<void>((resolve) => setImmediate(resolve));
  async function request(name: string, _options: unknown, callback: (lock: Lock | null) => unknown): Promise<unknown> {
    await later();
    if (held.has(name)) return callback(null);
    held.add(name);
    try {
      return await callback({ name, mode: "exclusive" });
    } finally {
      await later();
      held.delete(name);
    }
  }
  return {
    // The types of the DOM overload it for calls without options, which nobody makes here.
    request: request as LockManager["request"],
    get held() {
      return held.size;
    },
    async settled() {
      await later();
      await later();
    },
  };
}

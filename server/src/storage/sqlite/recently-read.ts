/** Keeps what was read a moment ago. */
export interface RecentlyRead<Key, Version, Value> {
  /** What was read for a key, unless it was forgotten since, or was read of another version, or others were read more recently. */
  read(key: Key, version: Version): Promise<Value>;
  /** What is read for this key from now on is read again, also while it is being read. */
  forget(key: Key): void;
}

/** Keeps what was read for so many keys, those that were asked for last. A read that fails is not kept. */
export function createRecentlyRead<Key, Version, Value>(
  capacity: number,
  read: (key: Key) => Promise<Value>,
): RecentlyRead<Key, Version, Value> {
  const kept = new Map<Key, { readonly version: Version; readonly value: Promise<Value> }>();
  return {
    read(key, version) {
      const known = kept.get(key);
      const entry = known?.version === version && known ? known : { version, value: read(key) };
      // Put last, since a map gives its oldest entry first.
      kept.delete(key);
      kept.set(key, entry);
      if (entry !== known) {
        entry.value.catch(() => {
          if (kept.get(key) === entry) kept.delete(key);
        });
        for (const oldest of kept.keys()) {
          if (kept.size <= capacity) break;
          kept.delete(oldest);
        }
      }
      return entry.value;
    },
    forget: (key) => void kept.delete(key),
  };
}

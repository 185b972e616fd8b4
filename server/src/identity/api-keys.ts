import { idOfKey, isKey, type StoredKey } from "./api-key.ts";
import { KeyFileUnusable, readKeyFile, versionOfFile } from "./key-file.ts";
import type { Session } from "./session.ts";
import { unauthenticated } from "./unauthenticated.ts";

/** How long the file may take to be read, in milliseconds: one on a disk that hangs counts as one that cannot be read. */
const READ_MS = 2_000;

/** The keys of a file. */
export interface ApiKeys {
  /** What a key stands for. @throws ConnectError UNAUTHENTICATED when it is none of them. */
  check(key: string): Session;
  /** Reads the file again where it has changed; without a key for as long as it cannot be read within two seconds. Never rejects. */
  refresh(): Promise<void>;
}

/**
 * Reads the keys of a file; rejects with KeyFileUnusable when it cannot be read within two seconds. `onError` is called with what keeps it from being read
 * later.
 */
export async function openApiKeys(file: string, onError: (error: unknown) => void): Promise<ApiKeys> {
  let keys: ReadonlyMap<string, StoredKey> = new Map();
  /** The sessions of the keys that were checked, by the whole key, as long as the file stays the same: a hash takes as long as a small call. There is one at most for each. */
  let checked = new Map<string, Session>();
  let version: string | undefined;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    // The version comes first: a change while the contents are read is then found the next time.
    const latest = await versionOfFile(file);
    if (latest === version) return;
    keys = await byId(file);
    checked = new Map();
    version = latest;
  }

  /** A read that hangs is waited for again, and none is begun beside it. */
  function load(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return inTime(reading, file);
  }

  await load();
  return {
    check(key) {
      const known = checked.get(key);
      if (known !== undefined) return known;
      const id = idOfKey(key);
      const stored = id === undefined ? undefined : keys.get(id);
      if (stored === undefined || !isKey(key, stored)) throw unauthenticated("the key is not known, or was revoked");
      const principal = { id: `key:${stored.id}`, isAdmin: stored.isAdmin };
      const isRevoked = () => keys.get(stored.id)?.hash !== stored.hash;
      const session: Session = { principal, by: "key", expiresAt: Number.POSITIVE_INFINITY, isRevoked };
      checked.set(key, session);
      return session;
    },
    async refresh() {
      try {
        await load();
      } catch (error) {
        // Which of them were revoked is not known.
        if (keys.size > 0) onError(error);
        keys = new Map();
        checked = new Map();
        version = undefined;
      }
    },
  };
}

async function byId(file: string): Promise<ReadonlyMap<string, StoredKey>> {
  return new Map((await readKeyFile(file)).map((key) => [key.id, key]));
}

async function inTime(reading: Promise<void>, file: string): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const why = `${file} cannot be read within ${READ_MS / 1_000} s; set API_KEYS_FILE to another`;
  const timer = setTimeout(() => reject(new KeyFileUnusable(why)), READ_MS);
  try {
    await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

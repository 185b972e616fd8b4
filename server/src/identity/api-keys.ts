import type { Principal } from "../domain/caller.ts";
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

/** What a key stands for, as long as its file says so. */
class KeySession implements Session {
  readonly by = "key";
  readonly expiresAt: number = Number.POSITIVE_INFINITY;
  readonly freshUntil: number = Number.POSITIVE_INFINITY;
  readonly principal: Principal;
  readonly stored: StoredKey;
  private wasRevoked = false;

  constructor(stored: StoredKey) {
    this.stored = stored;
    this.principal = { id: `key:${stored.id}`, isAdmin: stored.isAdmin };
  }

  /** Whether what is stored now under the id of its key is the same in all that counts. */
  isOf(stored: StoredKey | undefined): boolean {
    return stored?.hash === this.stored.hash && stored.isAdmin === this.stored.isAdmin;
  }

  revoke(): void {
    this.wasRevoked = true;
  }

  isRevoked(): boolean {
    return this.wasRevoked;
  }
}

/**
 * Reads the keys of a file; rejects with KeyFileUnusable when it cannot be read within two seconds. `onError` is called with what keeps it from being read
 * later.
 */
export async function openApiKeys(file: string, onError: (error: unknown) => void): Promise<ApiKeys> {
  let keys: ReadonlyMap<string, StoredKey> = new Map();
  /** The sessions of the keys that were checked, by the whole key, until that changes: a hash takes as long as a small call. There is one at most for each. */
  const checked = new Map<string, KeySession>();
  let version: string | undefined;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    // The version comes first: a change while the contents are read is then found the next time.
    const latest = await versionOfFile(file);
    if (latest === version) return;
    keys = await byId(file);
    revokeChanged();
    version = latest;
  }

  /** Ends the sessions of keys that were revoked, or stand for something else now. */
  function revokeChanged(): void {
    for (const [key, session] of checked) {
      if (session.isOf(keys.get(session.stored.id))) continue;
      session.revoke();
      checked.delete(key);
    }
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
      const session = new KeySession(stored);
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
        revokeChanged();
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

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** What every key begins with, so that people and scanners know one. */
export const KEY_PREFIX = "tk_";
const KEY = /^tk_([a-z\d]{12})_([\w-]{43})$/;

/** A key as it is kept: what it is worth without its secret is nothing. */
export const storedKey = z.object({
  id: z.string().regex(/^[a-z\d]{12}$/),
  /** For people. */
  name: z.string(),
  /** SHA-256 of the whole key, in hexadecimal. */
  hash: z.string().regex(/^[a-f\d]{64}$/),
  isAdmin: z.boolean(),
  /** When it was made, as ISO 8601. */
  createdAt: z.string(),
});

/** A key as it is kept. */
export type StoredKey = Readonly<z.infer<typeof storedKey>>;

/** Makes a key: what is kept of it, and itself, which is shown once. */
export function makeKey(
  name: string,
  isAdmin: boolean,
  now: Date,
): { readonly key: string; readonly stored: StoredKey } {
  const id = randomBytes(6).toString("hex");
  const key = `${KEY_PREFIX}${id}_${randomBytes(32).toString("base64url")}`;
  return { key, stored: { id, name, hash: hashOf(key).toString("hex"), isAdmin, createdAt: now.toISOString() } };
}

/** The id of a key; undefined for what is none. */
export function idOfKey(key: string): string | undefined {
  return KEY.exec(key)?.[1];
}

/** Whether a key is the one that was stored. Takes as long for any other. */
export function isKey(key: string, { hash }: StoredKey): boolean {
  // 32 random bytes cannot be guessed, however fast the hash is.
  return timingSafeEqual(hashOf(key), Buffer.from(hash, "hex"));
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed: the same secret gives each its own key. */
export type Sealed = "refresh token" | "sign-in";

/** Encrypts a text with a secret, so that who has no more than what comes of it can neither read nor change it. */
export function seal(what: Sealed, text: string, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(what, secret), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/**
 * Decrypts what was sealed as the same with the same secret.
 * @throws Error when it was sealed with another, or changed.
 */
export function unseal(what: Sealed, sealed: string, secret: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(what, secret), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

function keyOf(what: Sealed, secret: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", `triptych ${what}`, 32));
}

/** A key of 32 hexadecimal digits that nobody else is likely to make. */
export function randomKey(): string {
  // `randomUUID` would be there over HTTPS and on this machine only.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

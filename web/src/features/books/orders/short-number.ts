/** What people call an order by its id: `3F2A-91C0` for a UUID that begins with `3f2a91c0`, and of another id the first 12 characters. */
export function shortNumber(id: string): string {
  const [, first, second] = /^([\da-f]{4})([\da-f]{4})-[\da-f-]{27}$/i.exec(id) ?? [];
  return first === undefined ? id.slice(0, 12) : `${first}-${second}`.toUpperCase();
}

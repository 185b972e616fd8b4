/** How many authorities are remembered: clients use few, but may send anything. */
const MAX_REMEMBERED = 256;

/** Makes origins such as `http://localhost:8080` of an authority, in the spelling of URLs; remembered, because to parse one takes 1 µs. */
export function createOrigins() {
  const remembered = new Map<string, string>();
  return (encrypted: boolean, authority: string): string => {
    const url = `${encrypted ? "https" : "http"}://${authority}`;
    const known = remembered.get(url);
    if (known !== undefined) return known;
    const { origin } = new URL(url);
    if (remembered.size < MAX_REMEMBERED) remembered.set(url, origin);
    return origin;
  };
}

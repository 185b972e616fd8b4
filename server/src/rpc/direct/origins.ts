/** How many authorities are remembered: clients use few, but may send anything. */
const MAX_REMEMBERED = 256;
const NO_HOST = "http://host.invalid";

/** Makes origins such as `http://localhost:8080` of an authority, in the spelling of URLs; remembered, because to parse one takes 1 µs. */
export function createOrigins() {
  const remembered = new Map<string, string>();
  return (encrypted: boolean, authority: string): string => {
    const url = `${encrypted ? "https" : "http"}://${authority}`;
    const known = remembered.get(url);
    if (known !== undefined) return known;
    // What clients of gRPC name is not always a host that a URL can have, and means nothing for a call.
    const { origin } = new URL(URL.canParse(url) ? url : NO_HOST);
    if (remembered.size < MAX_REMEMBERED) remembered.set(url, origin);
    return origin;
  };
}

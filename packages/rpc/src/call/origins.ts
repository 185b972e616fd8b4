import { TextMemory } from "../text-memory.ts";

/** What stands in the place of an authority that no URL can have: gRPC's own clients send such, and for calls it means nothing. */
const UNKNOWN = "localhost";

/** Makes origins such as `http://localhost:8080` of an authority, in the spelling of URLs; remembered, because to parse one takes 1 µs. */
export function createOrigins() {
  const remembered = new TextMemory<string>();
  return (encrypted: boolean, authority: string): string => {
    const scheme = encrypted ? "https" : "http";
    const url = `${scheme}://${authority}`;
    const known = remembered.get(url);
    if (known !== undefined) return known;
    const origin = URL.canParse(url) ? new URL(url).origin : `${scheme}://${UNKNOWN}`;
    remembered.set(url, origin);
    return origin;
  };
}

/** Any origin: only what comes behind it counts. */
const BASE = "http://base.invalid";
/** A cookie has to hold it, encoded as URLs are. */
const LONGEST = 1_000;

/**
 * The path, with query and fragment, to send a browser to that asks for it: one of the pages of this server, encoded. `/` for whatever leads to another server, to a
 * sign-in, or is too long.
 */
export function safePath(wanted: string | null | undefined): string {
  if (wanted === undefined || wanted === null || wanted.length > LONGEST || !wanted.startsWith("/")) return "/";
  if (!URL.canParse(wanted, BASE)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, BASE);
  // A path of two slashes would name another server.
  if (origin !== BASE || pathname.startsWith("//") || pathname.startsWith("/auth/")) return "/";
  const path = pathname + search + hash;
  return path.length > LONGEST ? "/" : path;
}

import { randomBytes } from "node:crypto";
import type { Call } from "@triptych/rpc/call/call.ts";

const SECRET = /^[\w-]{43}$/;

/** Where pages are served whose sessions count. */
export interface PageOrigin {
  /** Such as `https://app.example.com`, as `origin` of a request names it. */
  readonly origin: string;
}

/** Makes the secret of a session: 256 random bits. */
export function makeSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What a cookie of pages of an origin is called. Over TLS a browser takes the name only from the host itself, with `Secure` and for all of it. Without TLS,
 * on this machine alone, there is no such name.
 */
export function cookieName(name: string, { origin }: PageOrigin): string {
  return origin.startsWith("https:") ? `__Host-triptych-${name}` : `triptych-${name}`;
}

/** The value of a cookie in a header; undefined where it is missing. The first counts. */
export function cookieValue(header: string | null | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** The names of the cookies in a header that begin with a prefix. */
export function cookieNames(header: string | null | undefined, prefix: string): string[] {
  const names = (header ?? "").split(";").map((pair) => pair.split("=", 1)[0]?.trim() ?? "");
  return names.filter((name) => name.startsWith(prefix));
}

/** The secret of the session in a header of cookies; undefined where there is none that could be one. */
export function secretInCookies(header: string | null | undefined, page: PageOrigin): string | undefined {
  const value = cookieValue(header, cookieName("session", page));
  return value !== undefined && SECRET.test(value) ? value : undefined;
}

/**
 * The secret of the session that a call of a page brings. Browsers send cookies with whatever any page has them request, so one counts only where the
 * request names the origin of the page: `origin`, which no page can choose. Of a call over a WebSocket, both are those of its upgrade; what the call itself says of
 * them counts for nothing.
 */
export function secretOfCall(
  { context, peer, carrier }: Pick<Call, "context" | "peer" | "carrier">,
  page: PageOrigin,
): string | undefined {
  if (carrier === "websocket")
    return peer.upgrade?.origin === page.origin ? secretInCookies(peer.upgrade.cookie, page) : undefined;
  const { requestHeader } = context;
  if (requestHeader.get("origin") !== page.origin) return undefined;
  return secretInCookies(requestHeader.get("cookie"), page);
}

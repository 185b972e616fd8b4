import { cookieName, type PageOrigin } from "../identity/session-cookie.ts";
import { PENDING_SECONDS } from "./pending-sign-in.ts";
import { SESSION_MS } from "./session-keeper.ts";

/**
 * A cookie for the pages of an origin, as `set-cookie` has it: no script sees it, and no request that a page of another site makes has it, but for following a link. Over TLS
 * it is sent over TLS only. Without a value it is removed.
 */
export function setCookie(name: "session" | `sign-in-${string}`, value: string | undefined, page: PageOrigin): string {
  const secure = page.origin.startsWith("https:") ? "; Secure" : "";
  const kept = name === "session" ? SESSION_MS / 1_000 : PENDING_SECONDS;
  const seconds = value === undefined ? 0 : kept;
  return `${cookieName(name, page)}=${value ?? ""}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

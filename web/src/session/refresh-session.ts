import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import type { SessionStore } from "./session-store.ts";

/**
 * Has calls go out with a session that is valid: one that has expired is refreshed before them, and a unary call that the server does not take for that is made
 * again, once, which harms nothing, since the server has not read it. Calls that bring a credential of their own are left alone.
 */
export function refreshSession(session: Pick<SessionStore, "refresh" | "whenValid">): Interceptor {
  return (next) => async (request) => {
    if (request.header.has("authorization")) return next(request);
    await session.whenValid();
    try {
      return await next(request);
    } catch (error) {
      if (request.stream || ConnectError.from(error).code !== Code.Unauthenticated) throw error;
      // What it is rejected for stays the error where the session cannot be refreshed.
      if (!(await session.refresh().catch(() => false))) throw error;
      return next(request);
    }
  };
}

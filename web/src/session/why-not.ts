import type { Session } from "./session.ts";
import { useSession } from "./session-context.ts";

/** Why the person at the page may not do what is for those who are signed in, as a sentence; undefined where they may, or that is not known. */
export function whyNot(session: Session): string | undefined {
  if (session.kind !== "signed-out" || session.takesCertificates) return undefined;
  return session.signsIn ? "Sign in to do this" : "This server has no sign-in for pages";
}

/** The same, of the page. */
export function useWhyNot(): string | undefined {
  return whyNot(useSession());
}

/** Why the person at the page may not see or do what is for admins, likewise. */
export function whyNotAdmin(session: Session): string | undefined {
  return session.kind === "signed-in" && !session.user.isAdmin ? "This is for admins" : whyNot(session);
}

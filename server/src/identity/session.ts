import type { Principal } from "../domain/caller.ts";

/** What a credential stands for, as long as it holds. */
export interface Session {
  readonly principal: Principal;
  /** What the credential is, as an error says it. */
  readonly by: "token" | "key" | "certificate" | "session";
  /** When it ends, in milliseconds since 1970; infinite where it does not by itself. */
  readonly expiresAt: number;
  /** Until when it counts without another look at the credential, as a time of `performance.now`: a clock that nobody sets; infinite where it counts until it expires or is revoked. */
  readonly freshUntil: number;
  /** Whether it was taken back. */
  isRevoked(): boolean;
}

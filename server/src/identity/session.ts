import type { Principal } from "../domain/caller.ts";

/** What a credential stands for, as long as it holds. */
export interface Session {
  readonly principal: Principal;
  /** What the credential is, as an error says it. */
  readonly by: "token" | "key" | "certificate" | "session";
  /** When it ends, in milliseconds since 1970; infinite where it does not by itself. */
  readonly expiresAt: number;
  /** Whether it was taken back. */
  isRevoked(): boolean;
}

import { Code, ConnectError } from "@connectrpc/connect";

/** What a call ends with whose caller has to say who they are, or has not shown it. The text says why, and nothing of the credential. */
export function unauthenticated(why: string): ConnectError {
  return new ConnectError(why, Code.Unauthenticated, { "www-authenticate": "Bearer" });
}

/** Whether a call ends for that. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof ConnectError && error.code === Code.Unauthenticated;
}

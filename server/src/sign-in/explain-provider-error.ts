import { AuthorizationResponseError, ResponseBodyError } from "openid-client";

/** The code of an error, as RFC 6749 has it, and no longer than those that there are. */
const CODE = /^[\w.-]{1,64}$/;

/**
 * Why the provider did not do what it was asked, for the log: what kind of error it is and what it says. Nothing else of it, for errors of the library carry
 * the answers that they are about, and these have tokens in them.
 */
export function explainProviderError(error: unknown): string {
  if (!(error instanceof Error)) return "an error that is none";
  if (error instanceof ResponseBodyError) return `it answers with HTTP ${error.status}: ${codeOf(error.error)}`;
  if (error instanceof AuthorizationResponseError) return `it has sent the browser back with: ${codeOf(error.error)}`;
  return messagesOf(error);
}

/** What an error says, and what has caused it. What is no JSON is quoted by the error that says so, so that one is left out. */
function messagesOf({ message, cause }: Error): string {
  const isShown = cause instanceof Error && !(cause instanceof SyntaxError);
  return isShown ? `${message} (${messagesOf(cause)})` : message;
}

/** Whether it is the browser, or who sits at it, that a sign-in failed for: it was cancelled, or its code is none. */
export function isFaultOfBrowser(error: unknown): boolean {
  if (error instanceof AuthorizationResponseError) return true;
  return error instanceof ResponseBodyError && error.error === "invalid_grant";
}

function codeOf(text: string): string {
  return CODE.test(text) ? text : "what is no code of an error";
}

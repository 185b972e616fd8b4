/** The most milliseconds that a deadline can say: a number has at most eight digits. */
const MAX_TIMEOUT_MS = 99_999_999;

/** The metadata that a call starts with: those given, and how many milliseconds it may take. */
export function callHeader(timeoutMs: number | undefined, given: HeadersInit | undefined): Headers {
  const header = new Headers(given);
  if (timeoutMs !== undefined) header.set("grpc-timeout", `${Math.min(Math.ceil(timeoutMs), MAX_TIMEOUT_MS)}m`);
  return header;
}

/** The longest delay a timer of the runtime can hold; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000 };

/**
 * Shortens a timeout that no timer can hold (over 24 days) to the longest one it can. Anything else, valid or not, is left to the
 * protocol that reads it.
 */
export function clampTimeout(header: Headers): void {
  clampGrpcTimeout(header);
  clampConnectTimeout(header);
}

function clampGrpcTimeout(header: Headers): void {
  const match = /^(\d{1,8})([HMS])$/.exec(header.get("grpc-timeout") ?? "");
  if (match === null) return;
  const milliseconds = Number(match[1]) * (UNIT_MS[match[2] ?? ""] ?? 0);
  if (milliseconds > MAX_TIMEOUT_MS) header.set("grpc-timeout", `${Math.floor(MAX_TIMEOUT_MS / 1_000)}S`);
}

function clampConnectTimeout(header: Headers): void {
  const value = header.get("connect-timeout-ms") ?? "";
  if (/^\d{1,10}$/.test(value) && Number(value) > MAX_TIMEOUT_MS) {
    header.set("connect-timeout-ms", String(MAX_TIMEOUT_MS));
  }
}

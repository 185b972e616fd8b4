import type { Config } from "./config.ts";
import type { StartedAt } from "./server.ts";

/** What the server says once it listens: where, for whom that is, and by which names browsers may reach it. Lines that end. */
export function describeStart(
  { url, bound, isEverywhere }: StartedAt,
  { tls, allowedHosts }: Pick<Config, "tls" | "allowedHosts">,
): string {
  const lines = [
    `listening on ${url}`,
    isEverywhere
      ? `bound to ${bound}: every address of this machine, open to its network; HOST=127.0.0.1 keeps it to this machine`
      : `bound to ${bound}`,
  ];
  if (tls === undefined) lines.push(namesFor(allowedHosts));
  return `${lines.join("\n")}\n`;
}

function namesFor(allowedHosts: readonly string[]): string {
  if (allowedHosts.includes("*")) return "browsers may reach it by any name: ALLOWED_HOSTS is *";
  const names = ["localhost", ...allowedHosts, "its addresses"].join(", ");
  return `browsers may reach it by ${names}; ALLOWED_HOSTS adds names`;
}

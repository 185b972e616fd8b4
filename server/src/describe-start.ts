import { isIP } from "node:net";
import type { Config } from "./config.ts";
import type { StartedAt } from "./server.ts";

/** What the server says once it listens: where, for whom that is, and by which names browsers may reach it. Lines that end. */
export function describeStart(
  { url, bound, isEverywhere }: StartedAt,
  { tls, host, allowedHosts }: Pick<Config, "tls" | "host" | "allowedHosts">,
): string {
  const lines = [
    `listening on ${url}`,
    isEverywhere
      ? `bound to ${bound}: every address of this machine, open to its network; HOST=127.0.0.1 keeps it to this machine`
      : `bound to ${bound}`,
  ];
  if (tls === undefined) lines.push(namesFor(host, allowedHosts));
  return `${lines.join("\n")}\n`;
}

function namesFor(host: string | undefined, allowedHosts: readonly string[]): string {
  if (allowedHosts.includes("*")) return "browsers may reach it by any name: ALLOWED_HOSTS is *";
  // An address is one of its addresses.
  const ownName = host === undefined || isIP(host) !== 0 ? [] : [host];
  const names = [...new Set(["localhost", ...ownName, ...allowedHosts]), "its addresses"].join(", ");
  return `browsers may reach it by ${names}; ALLOWED_HOSTS adds names`;
}

import { isIP } from "node:net";
import type { Config } from "./config.ts";
import type { StartedAt } from "./server.ts";

/** What the server says once it listens: where, for whom that is, by which names browsers may reach it, and whether it asks who calls. Lines that end. */
export function describeStart(
  { url, bound, isEverywhere }: StartedAt,
  {
    tls,
    host,
    allowedHosts,
    identity,
    signIn,
  }: Pick<Config, "tls" | "host" | "allowedHosts" | "identity"> & Partial<Pick<Config, "signIn">>,
): string {
  const lines = [
    `listening on ${url}`,
    isEverywhere
      ? `bound to ${bound}: every address of this machine, open to its network; HOST=127.0.0.1 keeps it to this machine`
      : `bound to ${bound}`,
  ];
  if (tls === undefined) lines.push(namesFor(host, allowedHosts));
  lines.push(whoMayCall(identity));
  if (signIn !== undefined) lines.push(`people sign in at ${signIn.origin}, by ${signIn.issuer}`);
  return `${lines.join("\n")}\n`;
}

function whoMayCall(identity: Config["identity"]): string {
  if (identity === undefined)
    return "anybody who reaches it may do anything; OIDC_ISSUER, API_KEYS_FILE or TLS_CLIENT_CA has it ask who calls";
  const { oidc, apiKeysFile, certificates } = identity;
  const taken = [
    ...(oidc === undefined ? [] : [`tokens of ${oidc.issuer}`]),
    ...(apiKeysFile === undefined ? [] : [`the API keys in ${apiKeysFile}`]),
    ...(certificates === undefined ? [] : ["certificates"]),
  ];
  return `callers say who they are by ${taken.join(" or ")}`;
}

function namesFor(host: string | undefined, allowedHosts: readonly string[]): string {
  if (allowedHosts.includes("*")) return "browsers may reach it by any name: ALLOWED_HOSTS is *";
  // An address is one of its addresses.
  const ownName = host === undefined || isIP(host) !== 0 ? [] : [host];
  const names = [...new Set(["localhost", ...ownName, ...allowedHosts]), "its addresses"].join(", ");
  return `browsers may reach it by ${names}; ALLOWED_HOSTS adds names`;
}

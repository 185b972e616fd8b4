import { isIP } from "node:net";
import { TextMemory } from "../text-memory.ts";

/** Whether browsers may reach the server by a host, with or without a port. */
export type AllowedHosts = (host: string | undefined) => boolean;

/**
 * Creates the check of the host that a browser names: a page whose name was made to mean this server's address (DNS rebinding) names its own.
 * Allowed are `localhost` and what is below it, every address, since no page has one that its author can bend, and the names given:
 * `app.example.com`, `.example.com` for a domain and all below it, or `*` for any.
 */
export function createAllowedHosts(names: readonly string[]): AllowedHosts {
  if (names.includes("*")) return () => true;
  const allowed = ["localhost", ".localhost", ...names.map((name) => name.toLowerCase())];
  const remembered = new TextMemory<true>();
  return (host) => {
    if (host === undefined) return false;
    if (remembered.has(host)) return true;
    const name = nameOf(host);
    if (isIP(name) === 0 && !allowed.some((pattern) => isMeant(name, pattern))) return false;
    remembered.set(host, true);
    return true;
  };
}

/** The name or address alone: without port, brackets and the dot that ends a full name. */
function nameOf(host: string): string {
  const withoutPort = host.replace(/:\d*$/, "").toLowerCase();
  return withoutPort.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

function isMeant(name: string, pattern: string): boolean {
  return name === pattern || (pattern.startsWith(".") && (name.endsWith(pattern) || name === pattern.slice(1)));
}

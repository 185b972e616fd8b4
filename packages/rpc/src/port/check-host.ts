import type { AllowedHosts } from "./allowed-hosts.ts";
import { NO_HOST } from "./is-host.ts";

/** Why a request is rejected for its host. */
export interface HostRejection {
  /** 400 for a host that is none, 403 for one by which browsers may not reach the server. */
  readonly status: 400 | 403;
  readonly reason: string;
}

/** By which hosts browsers may reach the server. */
export interface HostRules {
  readonly allowsHost: AllowedHosts;
  /** What names these hosts, for people who are to allow another one. */
  readonly allowedHostsSetting: string;
  /** The origins whose pages may reach it by any. */
  readonly allowedOrigins: readonly string[];
}

/** What is known of a request when its host is checked. */
export interface HostClaim {
  readonly host: string | undefined;
  /** The origin of the page that makes the request; browsers name it with everything that does not read from the page's own. */
  readonly origin: string | undefined;
  /** Whether a page could make such a request without naming its origin, and learn something by it. */
  readonly readsForPage: boolean;
}

/**
 * Rejects what a page may have sent to a host by which browsers may not reach the server, unless it is a page of an allowed origin; undefined
 * for everything else, which programs that are no browsers send.
 */
export function checkHost(
  { host, origin, readsForPage }: HostClaim,
  { allowsHost, allowedHostsSetting, allowedOrigins }: HostRules,
): HostRejection | undefined {
  if (allowsHost(host)) return undefined;
  if (origin === undefined ? !readsForPage : allowedOrigins.includes(origin)) return undefined;
  if (host === NO_HOST) return { status: 400, reason: "the host must be a name or an address" };
  const reason = `browsers may not reach this server as ${host}: ${allowedHostsSetting} names the hosts by which they may`;
  return { status: 403, reason };
}

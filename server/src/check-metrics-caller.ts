import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIP } from "node:net";

/** Who may read the metrics: everybody; who has the token; or who asks from this machine, and for nobody else. */
export type MetricsAccess =
  | { readonly kind: "everybody" }
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "loopback" };

/** What is known of who asks. */
export interface MetricsCaller {
  readonly authorization: string | undefined;
  /** The address of the connection. */
  readonly remoteAddress: string | undefined;
  /** The field `x-forwarded-for`: for whom proxies ask. */
  readonly forwardedFor: string | readonly string[] | undefined;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Why a caller may not read the metrics, with a status of HTTP; undefined where they may. */
export function metricsRejection(
  access: MetricsAccess,
  { authorization, remoteAddress, forwardedFor }: MetricsCaller,
): { readonly status: 401 | 403; readonly text: string } | undefined {
  if (access.kind === "everybody") return undefined;
  if (access.kind === "loopback") {
    if ([remoteAddress, ...addressesIn(forwardedFor)].every(isLoopback)) return undefined;
    return { status: 403, text: "the metrics are shown to this machine only: METRICS_TOKEN lets others read them" };
  }
  if (authorization !== undefined && isSame(authorization, `Bearer ${access.token}`)) return undefined;
  return { status: 401, text: 'the metrics ask for "authorization: Bearer" with the token in METRICS_TOKEN' };
}

/** All for whom proxies say they ask, also where no proxy is trusted: what they say can only take away what the connection gives. */
function addressesIn(forwardedFor: MetricsCaller["forwardedFor"]): readonly string[] {
  return [forwardedFor ?? []].flat().flatMap((text) => text.split(",").map((address) => address.trim()));
}

function isLoopback(address = ""): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether two texts are the same; takes as long where they differ early as where they differ late. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * Whether the page came over HTTP/2 or HTTP/3, over which its calls go too: one connection carries them all. False where
 * the browser does not say, as for a page out of its cache.
 */
export function isMultiplexed(timings: Pick<Performance, "getEntriesByType"> = performance): boolean {
  return timings
    .getEntriesByType("navigation")
    .some((entry) => "nextHopProtocol" in entry && /^h[23]/.test(String(entry.nextHopProtocol)));
}

/** How many requests may wait for what the browser says of them; it says nothing of some. */
const MAX_WAITING = 100;

interface WaitingRequest {
  readonly url: string;
  /** In milliseconds of `performance.now`. */
  readonly askedAt: number;
  readonly onSent: (time: number) => void;
}

let waiting: readonly WaitingRequest[] = [];
let isObserving = false;

/**
 * Calls back once with when the browser sent a request that is made now, in milliseconds since 1970 as it was when the page opened: what was
 * before, the request waited for a connection. Browsers say so when the response has ended, a moment later; some of some requests never.
 */
export function whenSent(url: string, onSent: (time: number) => void): void {
  if (typeof PerformanceObserver === "undefined") return;
  waiting = [...waiting.slice(1 - MAX_WAITING), { url, askedAt: performance.now(), onSent }];
  if (!isObserving) observe();
}

function observe(): void {
  isObserving = true;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry instanceof PerformanceResourceTiming) tell(entry);
  }).observe({ type: "resource" });
}

function tell({ name, startTime, requestStart }: PerformanceResourceTiming): void {
  // Of those to one address, it is the one that was made last before the browser began with it.
  const request = waiting.findLast(({ url, askedAt }) => url === name && askedAt <= startTime);
  if (request === undefined) return;
  waiting = waiting.filter((other) => other !== request);
  if (requestStart > 0) request.onSent(performance.timeOrigin + requestStart);
}

import type { Health } from "./health.ts";

/** How long those who watch have to be notified, in milliseconds: one that reads nothing must not hold up the end. */
const LIMIT_MS = 500;

/** Says that the server takes no more calls; resolves once every watcher was notified, or they have had their time. */
export async function notifyWatchers(health: Health): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS);
  });
  await Promise.race([health.shutDown(), limit]);
  clearTimeout(timer);
}

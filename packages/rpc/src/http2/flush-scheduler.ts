/** What has writes deferred to the end of a turn of the event loop. */
export interface Deferred {
  runDeferred(): void;
}

let deferred: Deferred[] = [];

/**
 * Runs `runDeferred` once when all that has arrived with this turn of the event loop has been read, together with whatever else waits for that: one
 * immediate serves all. To write the responses of a turn to their sockets back to back nearly halved the time of a small call over HTTP/1.1:
 * each write that comes on its own has the system wake up the client.
 */
export function deferFlush(work: Deferred): void {
  if (deferred.length === 0) setImmediate(runAll);
  deferred.push(work);
}

function runAll(): void {
  const running = deferred;
  deferred = [];
  for (const work of running) work.runDeferred();
}

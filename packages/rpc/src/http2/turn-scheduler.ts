/** What has work left for the end of a turn of the event loop. */
export interface Turning {
  turn(): void;
}

let due: Turning[] = [];

/**
 * Runs `turn` once when all that has arrived with this turn of the event loop has been read, together with whatever else waits for that: one
 * immediate serves all. To write the responses of a turn to their sockets back to back nearly halved the time of a small call over HTTP/1.1:
 * each write that comes on its own has the system wake up the client.
 */
export function runNextTurn(work: Turning): void {
  if (due.length === 0) setImmediate(runDue);
  due.push(work);
}

function runDue(): void {
  const running = due;
  due = [];
  for (const work of running) work.turn();
}

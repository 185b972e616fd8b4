/** What has work left for the next turn of the event loop. */
export interface Turning {
  turn(): void;
}

let due: Turning[] = [];

/** Runs `turn` once in the next turn of the event loop, after what has arrived by then has been read. One immediate serves all. */
export function runNextTurn(work: Turning): void {
  if (due.length === 0) setImmediate(runDue);
  due.push(work);
}

function runDue(): void {
  const running = due;
  due = [];
  for (const work of running) work.turn();
}

// Run before the tests of every file.
import { afterAll, beforeAll } from "vitest";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { type Stock, takeProcessStock } from "./take-stock.ts";

let before: Stock = {};

beforeAll(() => {
  before = takeOwnStock();
});

// After those of the file, since it was registered before them: whatever a test has started is stopped by then, and leaves nothing behind.
afterAll(() => expectNothingLeft(before, takeOwnStock));

/**
 * The timers of the server and the files that are open: what else a process holds may be a client's. Not those of a store, which keeps them when
 * its disk has failed; that a server closes its store is seen where one is started.
 */
function takeOwnStock(): Stock {
  const own = /^timer |^descriptor \/(?!.*\/triptych\.sqlite)/;
  return Object.fromEntries(Object.entries(takeProcessStock()).filter(([name]) => own.test(name)));
}

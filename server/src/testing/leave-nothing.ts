// Run before the tests of every file.

import { expectNothingLeft } from "@triptych/testkit/leftovers/expect-nothing-left.ts";
import { type Stock, takeProcessStock } from "@triptych/testkit/leftovers/take-stock.ts";
import { afterAll, beforeAll } from "vitest";

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

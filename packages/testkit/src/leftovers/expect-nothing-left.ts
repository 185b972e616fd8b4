import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { moreThan, type Stock, takeProcessStock } from "./take-stock.ts";

/** How long what ends by itself may take, in milliseconds. */
const TIMEOUT_MS = 5_000;
const LOOK_MS = 5;

/**
 * Resolves once there is no more of anything than before. Rejects, naming what is left and how many, when that takes too long: something
 * that must stop or be forgotten does not.
 * @param take counts what there is now
 */
export async function expectNothingLeft(before: Stock, take: () => Stock, timeoutMs = TIMEOUT_MS): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const left = moreThan(before, take());
    if (left.length === 0) return;
    if (performance.now() > end) throw new Error(`nothing must be left: got ${left.join(", ")}`);
    await pause(LOOK_MS);
    // The pause must not be counted itself.
    await turn();
  }
}

let open = 0;
let stock: Stock = {};

/**
 * Counts what the process holds, before the first server of it starts. What this returns is to be called when the server is closed: with the
 * last one, all that the process holds must be as it was.
 */
export function watchProcess(): () => Promise<void> {
  if (open === 0) stock = takeProcessStock();
  open += 1;
  return async () => {
    open -= 1;
    if (open === 0) await expectNothingLeft(stock, () => takeProcessStock());
  };
}

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/**
 * How much memory this process holds on to, in MiB, after its garbage is collected. What buffers held may be given back only later, so
 * a test asks until it is as little as it must be.
 */
export async function usedMemory(): Promise<number> {
  collectGarbage();
  await turnOfEventLoop();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
}

/** Lets the process do what else it has to do for a few milliseconds. */
export function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** Waits until a value has stayed the same for a while, and resolves with it. */
export async function settled(value: () => number): Promise<number> {
  let last = value();
  for (let same = 0; same < 20; ) {
    await turnOfEventLoop();
    const now = value();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

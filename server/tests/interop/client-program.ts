import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

/** The line behind that of the last case. */
const DONE = "done";

/**
 * Runs a program that makes the cases of the interoperability tests, and returns their results by name. The program prints a line for each and
 * stays connected until its input ends, which is when `whileConnected` has resolved. Rejects when a case could not be made.
 */
export async function runClientProgram(
  [command, ...args]: readonly [string, ...string[]],
  whileConnected: () => Promise<void>,
): Promise<Record<string, unknown>> {
  const child = spawn(command, args, { stdio: "pipe" });
  const exited = once(child, "exit");
  const stderr = text(child.stderr);
  const results: Record<string, unknown> = {};
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      // What the program prints is an object with these two.
      const { check, result } = JSON.parse(line) as { readonly check: string; readonly result: unknown };
      if (check !== DONE) {
        results[check] = result;
        continue;
      }
      await whileConnected();
      child.stdin.end();
    }
  } finally {
    child.stdin.destroy();
  }
  const [status] = await exited;
  if (status !== 0) throw new Error(`${command} must succeed: got ${status}: ${await stderr}`);
  return results;
}

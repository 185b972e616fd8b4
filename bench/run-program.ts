import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);
/** The most a program may print, in bytes. */
const MAX_OUTPUT_BYTES = 16_000_000;

/** Runs a program to its end; resolves with what it printed, rejects with what it complained of. */
export async function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, ...environment };
  const { stdout } = await execute(program, args, { maxBuffer: MAX_OUTPUT_BYTES, env });
  return stdout;
}

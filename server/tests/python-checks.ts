import { fileURLToPath } from "node:url";
import { python } from "@triptych/testkit/processes/python.ts";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";

/** Runs a script of `tests/python/` and returns the results of its checks by name; rejects when one could not be made. */
export async function runPythonChecks(script: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const path = fileURLToPath(new URL(`python/${script}`, import.meta.url));
  const { status, stdout, stderr } = await runCommand(python, [path, ...args]);
  if (status !== 0) throw new Error(`${script} must succeed: got ${status}: ${stderr}`);
  const lines = stdout.trim().split("\n");
  return Object.fromEntries(lines.map((line) => JSON.parse(line)).map(({ check, result }) => [check, result]));
}

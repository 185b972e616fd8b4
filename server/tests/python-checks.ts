import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runCommand } from "../src/testing/run-command.ts";

/** Debian's own Python, which is the one that Debian's packages are for. */
const python = "/usr/bin/python3";

/** Whether Python can make calls and stubs: Debian's python3-grpcio and python3-grpc-tools. */
export const hasPythonGrpc = spawnSync(python, ["-c", "import grpc, grpc_tools.protoc"]).status === 0;

/** Runs a script of `tests/python/` and returns the results of its checks by name; rejects when one could not be made. */
export async function runPythonChecks(script: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const path = fileURLToPath(new URL(`python/${script}`, import.meta.url));
  const { status, stdout, stderr } = await runCommand(python, [path, ...args]);
  if (status !== 0) throw new Error(`${script} must succeed: got ${status}: ${stderr}`);
  const lines = stdout.trim().split("\n");
  return Object.fromEntries(lines.map((line) => JSON.parse(line)).map(({ check, result }) => [check, result]));
}

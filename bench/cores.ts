import { availableParallelism } from "node:os";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";

/** The core that servers run on, and the one of what puts them under load. */
const SERVER_CORE = "0";
const LOAD_CORE = "1";

/** Whether servers and loads are kept apart, each on a core of its own. */
export const isPinned = availableParallelism() > 1 && findProgram("taskset") !== undefined;

/** The command that runs a program on the servers' core, where programs can be pinned. */
export function onServerCore(program: string, args: readonly string[]): [program: string, args: string[]] {
  return isPinned ? ["taskset", ["-c", SERVER_CORE, program, ...args]] : [program, [...args]];
}

/** Keeps this process, and what it starts from now on, on the core of the load, where programs can be pinned. */
export async function moveToLoadCore(): Promise<void> {
  if (isPinned) await runProgram("taskset", ["-a", "-c", "-p", LOAD_CORE, String(process.pid)]);
}

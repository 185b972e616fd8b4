import { availableParallelism } from "node:os";
import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import { runProgram } from "./run-program.ts";

/** The core that servers run on, and the one of what puts them under load; servers that use several have those behind these, too. */
const SERVER_CORE = 0;
const LOAD_CORE = 1;

/** Whether servers and loads are kept apart, each on a core of its own. */
export const isPinned = availableParallelism() > 1 && findProgram("taskset") !== undefined;

/** Whether so many processes that serve get a core each, beside one for the load and one for what all of them use. */
export function hasCoresFor(processes: number): boolean {
  return availableParallelism() >= processes + 2;
}

/** The command that runs a program on the servers' core, or on several, as far as there are, where programs can be pinned. */
export function onServerCore(program: string, args: readonly string[], cores = 1): [program: string, args: string[]] {
  const others = Array.from({ length: cores - 1 }, (_, index) => LOAD_CORE + 1 + index);
  const list = [SERVER_CORE, ...others.filter((core) => core < availableParallelism())].join();
  return isPinned ? ["taskset", ["-c", list, program, ...args]] : [program, [...args]];
}

/** Keeps this process, and what it starts from now on, on the core of the load, where programs can be pinned. */
export async function moveToLoadCore(): Promise<void> {
  if (isPinned) await runProgram("taskset", ["-a", "-c", "-p", String(LOAD_CORE), String(process.pid)]);
}

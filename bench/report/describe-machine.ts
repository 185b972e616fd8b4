import type { Machine } from "../machine.ts";

/** A paragraph in Markdown on what a run was made on and with. */
export function describeMachine({
  date,
  commit,
  processor,
  cores,
  memoryGb,
  kernel,
  pinned,
  versions,
}: Machine): string {
  const where = `${processor}, ${cores} cores, ${memoryGb} GB, ${kernel}`;
  const how = pinned ? "server and load each on a core of their own" : "server and load not pinned to cores";
  const what = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${date.slice(0, 16).replace("T", " ")} UTC, commit ${commit}: ${where}; ${how}.\n${what.join(", ")}.`;
}

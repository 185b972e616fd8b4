import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";

const isRoot = process.getuid?.() === 0;

/** Whether the calls of other processes can be made to fail: Linux, strace and the right to use it. */
export const canFailSyncs = process.platform === "linux" && spawnSync("strace", ["-qq", "true"]).status === 0;

/** Whether the limits of other processes can be changed: util-linux's prlimit. */
export const canLimitFiles = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;

/** Whether a small disk can be made: Linux, and root's right to mount one. */
export const canMountDisks = process.platform === "linux" && isRoot && canMount();

/** Has every fdatasync of a process fail with EIO from now on; disposing of it ends that. */
export async function failSyncs(pid: number): Promise<AsyncDisposable> {
  const filter = ["-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO"];
  const child = spawn("strace", ["-f", ...filter, "-p", String(pid)], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  // It says so of each thread that it holds, of the first one last.
  await Promise.race([
    once(child.stderr, "data"),
    exited.then(([status]) => {
      throw new Error(`strace ended with ${status} before it was attached`);
    }),
  ]);
  child.stderr.resume();
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Sets how many files a process may have open. */
export async function limitFiles(pid: number, count: number): Promise<void> {
  await run("prlimit", "--pid", String(pid), `--nofile=${count}:`);
}

/** Mounts a disk of so many bytes at a folder of its own; disposing of it takes it away, with what is on it. */
export async function mountDisk(bytes: number): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "triptych-disk-"));
  await run("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await run("umount", path);
      await rm(path, { recursive: true });
    },
  };
}

function canMount(): boolean {
  const script =
    'folder=$(mktemp -d); mount -t tmpfs tmpfs "$folder" && umount "$folder"; status=$?; rmdir "$folder"; exit $status';
  return spawnSync("sh", ["-c", script]).status === 0;
}

async function run(command: string, ...args: readonly string[]): Promise<void> {
  const { status, stderr } = await runCommand(command, args);
  if (status !== 0) throw new Error(`${command} must succeed: got ${status}: ${stderr}`);
}

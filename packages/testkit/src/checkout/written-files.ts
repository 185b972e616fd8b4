import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MADE = new Set(["node_modules", ".git", ".cache", "coverage", "data", "dist", "gen", "test-results"]);

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * The files of the repository that people have written, by their path from its folder: what git has or would add. Where git cannot tell,
 * as in an unpacked archive, those in no folder that tools make.
 */
export function writtenFiles(): string[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const { status, stdout } = spawnSync("git", list, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  const isListed = status === 0 && stdout.includes("package.json\0");
  const paths = isListed ? stdout.split("\0") : globSync("**/*.*", { cwd: root, exclude: (name) => MADE.has(name) });
  // Git still lists what was deleted and not committed.
  return paths.filter((path) => path !== "" && existsSync(join(root, path)));
}

import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { type CommandResult, runCommand } from "../processes/run-command.ts";
import { root, writtenFiles } from "./written-files.ts";

/** A copy of the repository, as it is written at this moment, that a test may change; what is installed is shared by links. */
export interface CopiedCheckout {
  readonly folder: string;
  /** Runs a line of a shell in it, without what this run of the tests has in its environment but for what is given. */
  run(line: string, environment?: NodeJS.ProcessEnv): Promise<CommandResult>;
  remove(): Promise<void>;
}

/** Copies the repository. Rejects when it cannot be copied. */
export async function copyCheckout(): Promise<CopiedCheckout> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-checkout-"));
  const { PATH, HOME } = process.env;
  const run = (line: string, environment: NodeJS.ProcessEnv = {}) =>
    runCommand("sh", ["-c", line], { cwd: folder, env: { PATH, HOME, NO_COLOR: "1", ...environment } });
  for (const path of writtenFiles()) await copy(path, folder);
  await linkModules(folder);
  const noted = await run(`node -e 'import("./scripts/setup.mjs").then(({ noteDone }) => noteDone("install"))'`);
  if (noted.status !== 0) throw new Error(noted.stderr);
  return { folder, run, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function copy(path: string, folder: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await copyFile(join(root, path), join(folder, path)).catch((error) => {
    // Something else that runs may have deleted it since it was listed.
    if (error.code !== "ENOENT") throw error;
  });
}

/** The packages in a folder, and their programs; other names that begin with a dot are caches of tools. */
const isInstalled = (name: string) => name === ".bin" || !name.startsWith(".");

/** Gives the copy what is installed: each package by a link, but for those of the workspaces, which are the copy's own. */
async function linkModules(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@triptych"), { recursive: true });
  await linkEach(folder, "node_modules", (name) => isInstalled(name) && name !== "@triptych");
  for (const name of await readdir(join(root, "node_modules/@triptych"))) {
    const workspace = relative(await realpath(root), await realpath(join(root, "node_modules/@triptych", name)));
    await symlink(join(folder, workspace), join(modules, "@triptych", name));
  }
  if (existsSync(join(root, "web/node_modules"))) await linkEach(folder, "web/node_modules", isInstalled);
}

async function linkEach(folder: string, modules: string, isLinked: (name: string) => boolean): Promise<void> {
  await mkdir(join(folder, modules), { recursive: true });
  for (const name of (await readdir(join(root, modules))).filter(isLinked)) {
    await symlink(join(root, modules, name), join(folder, modules, name));
  }
}

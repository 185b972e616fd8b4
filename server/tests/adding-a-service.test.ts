import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tutorial = readFileSync(join(root, "docs/adding-a-service.md"), "utf8");
/** A block of the tutorial, with the paragraph above it. */
const BLOCK = /([^\n]+(?:\n[^\n]+)*)\n\n```(sh|diff)\n(.*?)\n```/gs;
const MADE = new Set(["node_modules", ".git", ".cache", "dist", "data", "test-results"]);

let checkout: string;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "triptych-tutorial-"));
  await cp(root, checkout, { recursive: true, filter: (source) => !MADE.has(basename(source)) });
  await linkModules();
});

afterAll(() => rm(checkout, { recursive: true, force: true }));

/** Gives the copy what is installed: each package by a link, but for those of the workspaces, which are the copy's own. */
async function linkModules(): Promise<void> {
  const modules = join(checkout, "node_modules");
  await mkdir(join(modules, "@triptych"), { recursive: true });
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name !== "@triptych" && name !== ".cache") {
      await symlink(join(root, "node_modules", name), join(modules, name));
    }
  }
  for (const name of await readdir(join(root, "node_modules/@triptych"))) {
    const workspace = relative(await realpath(root), await realpath(join(root, "node_modules/@triptych", name)));
    await symlink(join(checkout, workspace), join(modules, "@triptych", name));
  }
  if (existsSync(join(root, "web/node_modules"))) {
    await symlink(join(root, "web/node_modules"), join(checkout, "web/node_modules"));
  }
}

/** Runs a line of a shell in the copy, without what this run of the tests has in its environment. */
async function run(line: string) {
  const { PATH, HOME } = process.env;
  return runCommand("sh", ["-c", line], { cwd: checkout, env: { PATH, HOME, NO_COLOR: "1" } });
}

/** Makes the change of a diff in a file of the copy, where it fits at one place alone. */
async function change(path: string, diff: string): Promise<void> {
  const lines = diff.split("\n");
  const without = (sign: string) => lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
  const [before, after] = [without("+").join("\n"), without("-").join("\n")];
  const text = await readFile(join(checkout, path), "utf8");
  expect(text.split(before), `${path} must have once:\n${before}`).toHaveLength(2);
  await writeFile(
    join(checkout, path),
    text.replace(before, () => after),
  );
}

/** What the tutorial has its reader do: run a line, or change a file. */
interface Step {
  readonly step: string;
  readonly path?: string;
  readonly diff?: string;
}

const steps = [...tutorial.matchAll(BLOCK)].flatMap(([, above = "", kind, block = ""]): Step[] => {
  if (kind === "sh") return block.split("\n").map((step) => ({ step }));
  const path = /`([\w./-]+\.\w+)`/.exec(above)?.[1] ?? "a file that the paragraph above does not name";
  return [{ step: `change ${path}`, path, diff: block }];
});

describe("docs/adding-a-service.md, followed word for word", { timeout: 300_000 }, () => {
  it.each(steps)("$step", async ({ step, path, diff = "" }) => {
    if (path !== undefined) return change(path, diff);
    const { status, stdout, stderr } = await run(step);
    expect(status, `${stdout}${stderr}`).toBe(0);
  });

  it("has made every file that the page names", () => {
    const named = [...tutorial.matchAll(/`([\w.-]+\/[\w./-]+)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !existsSync(join(checkout, name)))).toEqual([]);
  });

  it("has changed two lines elsewhere, both in the list of routes", async () => {
    const [routes, before] = await Promise.all(
      [checkout, root].map((folder) => readFile(join(folder, "server/src/routes.ts"), "utf8")),
    );
    const known = new Set(before?.split("\n"));
    expect(routes?.split("\n").filter((line) => !known.has(line))).toEqual([
      'import { openGuestBook } from "./routes/guest-book-route.ts";',
      "    await openGuestBook(store.feeds),",
    ]);
  });

  it.each([
    ["guest-book", "there is guest-book already: server/src/services/guest-book"],
    ["Guest_Book", "the name must be words of a-z and 0-9"],
    ["guest--book", "the name must be words of a-z and 0-9"],
    ["7-guests", "the name must be words of a-z and 0-9"],
    ["grpc", "the name must not be grpc, which is reserved"],
    ["guest-service", 'the name must not end with "-service"'],
    ["greeter", "there is greeter already: server/src/services/greeter"],
    ["rating", "there is rating already: server/src/storage/sqlite/rating-store.test.ts"],
    ["", "usage: npm run new-service NAME"],
  ])("a service %j is refused", async (name, message) => {
    const { status, stderr } = await run(`node scripts/new-service.mjs ${name}`);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

import { existsSync, globSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, writtenFiles } from "./written-files.ts";

const tutorial = readFileSync(join(root, "docs/adding-a-service.md"), "utf8");
/** A block of the tutorial, with the paragraph above it. */
const BLOCK = /([^\n]+(?:\n[^\n]+)*)\n\n```(sh|diff)\n(.*?)\n```/gs;

let checkout: string;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "triptych-tutorial-"));
  for (const path of writtenFiles()) await copy(path);
  await linkModules();
  const { status, stderr } = await run(
    `node -e 'import("./scripts/setup.mjs").then(({ noteDone }) => noteDone("install"))'`,
  );
  expect(status, stderr).toBe(0);
}, 120_000);

afterAll(() => rm(checkout, { recursive: true, force: true }));

async function copy(path: string): Promise<void> {
  await mkdir(dirname(join(checkout, path)), { recursive: true });
  await copyFile(join(root, path), join(checkout, path)).catch((error) => {
    // Something else that runs may have deleted it since it was listed.
    if (error.code !== "ENOENT") throw error;
  });
}

/** The packages in a folder, and their programs; other names that begin with a dot are caches of tools. */
const isInstalled = (name: string) => name === ".bin" || !name.startsWith(".");

/** Gives the copy what is installed: each package by a link, but for those of the workspaces, which are the copy's own. */
async function linkModules(): Promise<void> {
  const modules = join(checkout, "node_modules");
  await mkdir(join(modules, "@triptych"), { recursive: true });
  await linkEach("node_modules", (name) => isInstalled(name) && name !== "@triptych");
  for (const name of await readdir(join(root, "node_modules/@triptych"))) {
    const workspace = relative(await realpath(root), await realpath(join(root, "node_modules/@triptych", name)));
    await symlink(join(checkout, workspace), join(modules, "@triptych", name));
  }
  if (existsSync(join(root, "web/node_modules"))) await linkEach("web/node_modules", isInstalled);
}

async function linkEach(folder: string, isLinked: (name: string) => boolean): Promise<void> {
  await mkdir(join(checkout, folder), { recursive: true });
  for (const name of (await readdir(join(root, folder))).filter(isLinked)) {
    await symlink(join(root, folder, name), join(checkout, folder, name));
  }
}

/** Runs a line of a shell in the copy, without what this run of the tests has in its environment. */
async function run(line: string) {
  const { PATH, HOME } = process.env;
  return runCommand("sh", ["-c", line], { cwd: checkout, env: { PATH, HOME, NO_COLOR: "1" } });
}

const isMade = (name: string) => /^(node_modules|gen)$/.test(name);
/** Every file and folder of the copy that is not generated or installed. */
const listed = () =>
  globSync("**/*", { cwd: checkout, exclude: isMade })
    .filter((path) => !isMade(basename(path)))
    .sort();

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

/** The names of the topics that a store declares. */
const topicsOf = (store: string) =>
  [...store.matchAll(/: Topic<\w+> = \{\s*name: "([^"]+)"/g)].map(([, name = ""]) => name);

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

it("leaves nothing of a service behind that cannot be made", { timeout: 300_000 }, async () => {
  const before = listed();
  const clash = join(checkout, "proto/triptych/clash.proto");
  await writeFile(clash, 'syntax = "proto3";\n\npackage triptych.guest_book.v1;\n\nmessage Entry {}\n');
  const routes = await readFile(join(checkout, "server/src/routes.ts"), "utf8");
  const { status, stderr } = await run("node scripts/new-service.mjs guest-book");
  await rm(clash);
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining("made no service: what was written of guest-book is removed again"),
  ]);
  expect(listed()).toEqual(before);
  expect(await readFile(join(checkout, "server/src/routes.ts"), "utf8")).toBe(routes);
});

describe("docs/adding-a-service.md, its commands run and its changes made", { timeout: 300_000 }, () => {
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

  it("has given its feed the name of its table, which is that of no other feed", () => {
    const stores = globSync(["server/src/storage/*.ts", "server/src/storage/sqlite/*store.ts"], { cwd: checkout });
    const topics = stores.flatMap((store) => topicsOf(readFileSync(join(checkout, store), "utf8"))).sort();
    expect(topics).toEqual(["greetings", "guest_book_entries", "orders", "ratings"]);
  });

  it.each([
    ["guest-book", "there is guest-book already: server/src/services/guest-book"],
    ["Guest_Book", "the name must be words of a-z and 0-9"],
    ["guest--book", "the name must be words of a-z and 0-9"],
    ["7-guests", "the name must be words of a-z and 0-9"],
    ["grpc", "the name must not be grpc, which is reserved"],
    ["coverage", "the name must not be coverage, which is reserved"],
    ["index", "the name must not be index, which is reserved"],
    ["guest-service", 'the name must not end with "-service"'],
    ["greeter", "there is greeter already: server/src/services/greeter"],
    ["rating", "there is rating already: server/src/storage/sqlite/rating-store.test.ts"],
    ["", "usage: npm run new-service NAME"],
  ])("a service %j is refused", async (name, message) => {
    const { status, stderr } = await run(`node scripts/new-service.mjs ${name}`);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

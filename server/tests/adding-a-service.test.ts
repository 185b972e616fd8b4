import { existsSync, globSync, readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type CopiedCheckout, copyCheckout } from "@triptych/testkit/checkout/copied-checkout.ts";
import { root } from "@triptych/testkit/checkout/written-files.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const tutorial = readFileSync(join(root, "docs/adding-a-service.md"), "utf8");
/** A block of the tutorial, with the paragraph above it. */
const BLOCK = /([^\n]+(?:\n[^\n]+)*)\n\n```(sh|diff)\n(.*?)\n```/gs;

let copied: CopiedCheckout;
let checkout: string;
const run = (line: string) => copied.run(line);

beforeAll(async () => {
  copied = await copyCheckout();
  checkout = copied.folder;
}, 120_000);

afterAll(() => copied.remove());

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

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const contributing = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

interface Launch {
  readonly name: string;
  readonly runtimeExecutable: string;
  readonly program: string;
}

const { configurations }: { configurations: Launch[] } = JSON.parse(
  readFileSync(join(root, ".vscode/launch.json"), "utf8"),
);

it.each(configurations)("an editor that debugs '$name' starts what exists", ({ runtimeExecutable, program }) => {
  const inCheckout = (path: string) => path.replace(/^\$\{workspaceFolder\}/, root);
  expect([runtimeExecutable, program].filter((path) => !existsSync(inCheckout(path)))).toEqual([]);
});

describe("the check for breaking changes, as CONTRIBUTING.md has it", { timeout: 60_000 }, () => {
  const contract = "proto/triptych/live/v1/live.proto";
  let checkout: string;

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), "triptych-breaking-"));
    for (const name of ["buf.yaml", "proto"]) await cp(join(root, name), join(checkout, name), { recursive: true });
    const git = (...args: string[]) => execFileSync("git", ["-C", checkout, ...args]);
    git("init", "--quiet", "--initial-branch=main");
    git("add", "buf.yaml", "proto");
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--quiet", "--message=All contracts");
  });

  afterEach(() => rm(checkout, { recursive: true }));

  async function check() {
    const [, command = "is not in CONTRIBUTING.md"] = /`npx buf (breaking [^`]+)`/.exec(contributing) ?? [];
    const buf = join(root, "node_modules/.bin/buf");
    const { status, stdout, stderr } = await runCommand("sh", ["-c", `${buf} ${command}`], { cwd: checkout });
    return { status, output: stdout + stderr };
  }

  async function edit(from: string, to: string) {
    const path = join(checkout, contract);
    await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
  }

  it("passes a field that is added", async () => {
    await edit("int64 oldest_sequence = 2;", "int64 oldest_sequence = 2;\n  int64 more = 100;");
    expect(await check()).toEqual({ status: 0, output: "" });
  });

  it("names a field whose number changes", async () => {
    await edit("oldest_sequence = 2", "oldest_sequence = 100");
    const { status, output } = await check();
    expect([status, output]).toEqual([100, expect.stringContaining('field "2"')]);
  });
});

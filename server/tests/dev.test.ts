import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const scripts = fileURLToPath(new URL("../../scripts", import.meta.url));

/** Stands for buf: fails where the contract says so, as for one that does not parse. */
const buf = `#!/bin/sh
if grep -q broken proto/triptych/a.proto; then echo "a.proto does not parse" >&2; exit 1; fi
mkdir -p proto/gen/triptych && echo "generated: $(cat proto/triptych/a.proto)"
`;
const server = "console.log('server %d', process.pid); setInterval(() => {}, 1_000_000);\n";

let root: string;
let dev: ChildProcess;
let output: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "triptych-dev-"));
  await cp(scripts, join(root, "scripts"), { recursive: true });
  const files = {
    "package.json": '{"dependencies": {"node": "26"}, "engines": {"node": ">=24"}}',
    "npm.js": "",
    "proto/triptych/a.proto": "first",
    "proto/legacy/b.proto": "",
    "proto/standard/c.proto": "",
    "server/src/dev.ts": server,
    "node_modules/.bin/buf": buf,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  await chmod(join(root, "node_modules/.bin/buf"), 0o755);
  await symlink(process.execPath, join(root, "node_modules/.bin/node"));
});

function startDev(): void {
  output = "";
  const env = { ...process.env, npm_execpath: join(root, "npm.js") };
  dev = spawn(process.execPath, [join(root, "scripts/dev.mjs")], { env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [dev.stdout, dev.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
      dev.emit("output");
    });
  }
}

afterEach(async () => {
  if (dev.exitCode === null && dev.signalCode === null) {
    const ended = once(dev, "exit");
    dev.kill("SIGTERM");
    await ended;
  }
  await rm(root, { recursive: true, force: true });
});

/** Waits until the output has something, and gives what it matched. */
async function shown(pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const match = pattern.exec(output);
    if (match !== null) return match;
    await once(dev, "output");
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const edit = (text: string) => writeFile(join(root, "proto/triptych/a.proto"), text);

describe("npm run dev", () => {
  it("keeps its server while a contract does not parse, and generates again once it does", async () => {
    startDev();
    const pid = Number((await shown(/^server (\d+)$/m))[1]);
    await edit("broken");
    await shown(/a\.proto does not parse\nbuf generate failed/);
    expect([dev.exitCode, isAlive(pid)]).toEqual([null, true]);
    await edit("second");
    await shown(/^generated: second$/m);
    expect([dev.exitCode, isAlive(pid)]).toEqual([null, true]);
  });

  it("serves what was generated before where a contract does not parse at the start, and generates once it does", async () => {
    await edit("broken");
    startDev();
    await shown(/a\.proto does not parse\nbuf generate failed\nserving what was generated before/);
    const pid = Number((await shown(/^server (\d+)$/m))[1]);
    await edit("second");
    await shown(/^generated: second$/m);
    expect([dev.exitCode, isAlive(pid)]).toEqual([null, true]);
  });

  it.each(["SIGTERM", "SIGHUP"] as const)("leaves no server behind on %s", async (signal) => {
    startDev();
    const pid = Number((await shown(/^server (\d+)$/m))[1]);
    // Its pipes end with the last process that writes to them.
    const closed = once(dev, "close");
    dev.kill(signal);
    await closed;
    expect(isAlive(pid)).toBe(false);
  });
});

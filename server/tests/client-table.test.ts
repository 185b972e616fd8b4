import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type ClientProgram,
  programFor,
  projectRoot,
  readClientPage,
} from "@triptych/testkit/documents/client-page.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { type CommandResult, runCommand } from "@triptych/testkit/processes/run-command.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const { rows, programs } = readClientPage();

describe("the table of clients", () => {
  it("has a row for every section, and a section for every row", () => {
    const sections = new Set(programs.map(({ section }) => section));
    expect(rows.map(({ section }) => section)).toEqual([...sections]);
    expect(rows).toHaveLength(10);
  });

  it.each(rows)("names the tests of $section", ({ tests }) => {
    expect(tests).not.toEqual([]);
    for (const path of tests) expect(path).toMatch(/\.(test|spec)\.ts$/);
    expect(tests.filter((path) => !existsSync(join(projectRoot, "docs", path)))).toEqual([]);
  });

  it("has programs that the tests know how to run", () => {
    const waysToRun = programs.map(({ place, language }) => `${place}: ${language}`);
    expect(new Set(waysToRun)).toEqual(
      new Set(["In a shell: sh", "In a program: js", "In a program: python", "In a program: ts", "In a browser: ts"]),
    );
  });
});

describe("the programs that the page offers to copy", () => {
  const server = useServer();
  beforeAll(() => {
    // As in the scripts of npm; and a proxy that the environment names is for the outside, not for a server under test.
    vi.stubEnv("PATH", `${join(projectRoot, "node_modules", ".bin")}:${process.env.PATH}`);
    for (const name of ["no_proxy", "NO_PROXY"]) vi.stubEnv(name, "127.0.0.1");
  });
  afterAll(() => void vi.unstubAllEnvs());

  const run = (program: ClientProgram, command: string, ...args: readonly string[]): Promise<CommandResult> =>
    runCommand(command, args, { input: programFor(server.baseUrl, program), cwd: projectRoot });
  const programsIn = (...languages: readonly string[]) =>
    programs.filter(({ place, language }) => place !== "In a browser" && languages.includes(language));

  for (const program of programsIn("sh")) {
    it.skipIf(!isInstalled(commandOf(program)))(`print what the page says: ${program.name}`, async () => {
      const { status, stdout, stderr } = await run(program, "sh");
      expect(status, stderr).toBe(0);
      expect(jsonValues(stdout)).toEqual(jsonValues(program.printed));
    });
  }

  it.each(programsIn("js", "ts"))("print what the page says: $name", async (program) => {
    expect(await run(program, process.execPath, "--input-type=module-typescript", "-")).toEqual({
      status: 0,
      stdout: program.printed,
      stderr: "",
    });
  });

  it.skipIf(!hasPythonGrpc).each(programsIn("python"))("print what the page says: $name", async (program) => {
    expect(await run(program, "/usr/bin/python3", "-")).toMatchObject({ status: 0, stdout: program.printed });
  });
});

/** The command that a line of a shell runs. `npx` finds those of the project in `node_modules/.bin`. */
function commandOf({ code }: ClientProgram): string {
  const [command = ""] = code.replace(/^npx /, "").split(" ");
  return command;
}

function isInstalled(command: string): boolean {
  const local = existsSync(join(projectRoot, "node_modules", ".bin", command));
  return local || spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}

/** The objects of a text that has one after the other; how they are laid out is up to the program that prints them. */
function jsonValues(text: string): unknown {
  return JSON.parse(`[${text.trim().replaceAll(/\}\s*\{/g, "},{")}]`);
}

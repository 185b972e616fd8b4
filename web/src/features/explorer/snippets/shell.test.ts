// @vitest-environment node

import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteForShell } from "./shell.ts";

describe("a word of a command", () => {
  it("is for the shell exactly the text that it stands for", async () => {
    const nasty = fc.string({ unit: fc.constantFrom(..."'\"`$\\!*?~#&|;<>(){}[]%= \t\n\r-a0é你😀") });
    const texts = fc.array(fc.oneof(nasty, fc.string({ unit: "binary" })).filter(isPassable), {
      minLength: 1,
      maxLength: 50,
    });
    const separator = "\u0001\u0002";
    await fc.assert(
      fc.asyncProperty(texts, async (words) => {
        const script = `printf '%s\\001\\002' ${words.map(quoteForShell).join(" ")}`;
        const { stdout } = await runCommand("sh", ["-c", script]);
        expect(stdout.split(separator).slice(0, -1)).toEqual(words);
      }),
      { numRuns: 20 },
    );
  }, 30_000);

  it("is left as it is where it is plain", () => {
    expect(quoteForShell("http://localhost:8080/a.b.C/Do")).toBe("http://localhost:8080/a.b.C/Do");
  });

  it.each(["", "a b", "a*", "~", "#", "$x", "-"])("is never lost or expanded: %j", async (text) => {
    const { stdout } = await runCommand("sh", ["-c", `printf '[%s]' ${quoteForShell(text)}`]);
    expect(stdout).toBe(`[${text}]`);
  });
});

/** No command can have a zero character in it, nor half a character; and the separator of the test is no part of a text. */
function isPassable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0") && !text.includes("\u0001");
}

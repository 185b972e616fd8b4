// @vitest-environment node
import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyNotebook, exampleText, type Notebook } from "./notebook.ts";
import { isNotebookHash, readHash, readSharedHash, sharedHash } from "./notebook-link.ts";

it("takes a notebook of any length for a person's own, but not from a link", () => {
  const hash = sharedHash({ ...emptyNotebook, text: "\n".repeat(100_000) });
  expect(readSharedHash(hash)).toBeUndefined();
  expect(readHash(hash)?.text).toHaveLength(100_000);
});

it("carries everything that is in a notebook", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n]/gu, " "));
  const notebook: fc.Arbitrary<Notebook> = fc.record({
    text: fc.array(line).map((lines) => lines.join("\n")),
    digits: fc.integer({ min: 1, max: 1_000 }),
    plot: fc.record({ expression: line, from: line, to: line }),
  });
  fc.assert(
    fc.property(notebook, (written) => {
      const { hash } = new URL(`https://example.com/calculator${sharedHash(written)}`);
      expect(readSharedHash(hash)).toEqual(written);
    }),
  );
});

it("can be read by people where it can be short", () => {
  expect(sharedHash({ ...emptyNotebook, text: "a = 2\na^2" })).toBe("#notebook?text=a+%3D+2%0Aa%5E2");
  expect(sharedHash({ ...emptyNotebook, text: exampleText }).length).toBeLessThan(400);
});

it("reads what it can of a link, and nothing of another", () => {
  expect(readSharedHash("#notebook?text=1&digits=0&to=")).toEqual({
    ...emptyNotebook,
    text: "1",
    plot: { ...emptyNotebook.plot, to: "" },
  });
  expect(readSharedHash("#notebook?")).toEqual(emptyNotebook);
  for (const hash of ["", "#notebook", "#call=x", `#notebook?text=${"1".repeat(200_000)}`]) {
    expect(readSharedHash(hash)).toBeUndefined();
  }
  expect(["", "#notebooks", "#notebook", "#notebook?text=1"].map(isNotebookHash)).toEqual([false, false, true, true]);
});

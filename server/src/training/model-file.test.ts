import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { encodeModel } from "./encode-model.ts";
import { readModelFile, writeModelFile } from "./model-file.ts";
import { arbitraryModel } from "./testing/arbitrary-model.ts";

const [first, second] = fc.sample(arbitraryModel, { numRuns: 2, seed: 7 }).map((model) => ({ ...model, version: 7 }));
if (first === undefined || second === undefined) throw new Error("two models are needed");

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
});

afterEach(() => rm(directory, { recursive: true }));

it("a folder without a model has none", async () => {
  expect(await readModelFile(directory)).toBeUndefined();
});

it("the model written last is the one that is read, and nothing else stays in the folder", async () => {
  writeModelFile(directory, encodeModel(first));
  expect(await readModelFile(directory)).toEqual(first);
  writeModelFile(directory, encodeModel(second));
  expect(await readModelFile(directory)).toEqual(second);
  expect(await readdir(directory)).toEqual(["model.bin"]);
});

it("what an interrupted writing left does no harm, whatever it is", async () => {
  writeModelFile(directory, encodeModel(first));
  await writeFile(join(directory, "model.bin.part"), encodeModel(second).subarray(0, 40));
  expect(await readModelFile(directory)).toEqual(first);
  writeModelFile(directory, encodeModel(second));
  expect(await readModelFile(directory)).toEqual(second);
});

it("a damaged file is refused", async () => {
  writeModelFile(directory, encodeModel(first));
  const path = join(directory, "model.bin");
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length - 1));
  await expect(readModelFile(directory)).rejects.toThrow("it is damaged");
});

it("a folder that cannot be written to is an error", () => {
  expect(() => writeModelFile(join(directory, "missing"), encodeModel(first))).toThrow("ENOENT");
});

import { join } from "node:path";
import { findGoodbooks } from "@triptych/testkit/goodbooks-folder.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { ModelName } from "../services/recommendation/domain/evaluation/compare-models.ts";
import { describeEvaluation } from "./describe-evaluation.ts";
import { evaluateFolder, type FolderEvaluation } from "./evaluate-folder.ts";
import { evaluationJson } from "./evaluation-json.ts";
import { writeFolder } from "./testing/write-folder.ts";

const format = "goodbooks" as const;
const HEADERS = { ratings: "user_id,book_id,rating\n", wishes: "user_id,book_id\n" };

/** Twelve readers who give 3 to 5 stars to six books each. */
async function writeSmallFolder(): Promise<string> {
  const ratings = Array.from({ length: 72 }, (_, row) => `${row % 12},${(row * 5) % 31},${3 + (row % 3)}\n`).join("");
  const wishes = Array.from({ length: 60 }, (_, row) => `${row % 12},${40 + (row % 7)}\n`).join("");
  return await writeFolder({
    "ratings.csv": `${HEADERS.ratings}${ratings}bad\n`,
    "to_read.csv": HEADERS.wishes + wishes,
  });
}

/** All that does not depend on how fast the machine is. */
function withoutTimes({ results, ...rest }: FolderEvaluation) {
  return {
    ...rest,
    results: results.map(({ trainSeconds: _, evaluation: { scoreMicros: __, ...evaluation }, ...result }) => ({
      ...result,
      evaluation,
    })),
  };
}

function ndcgOf({ results }: FolderEvaluation, model: ModelName): number {
  return results.find((result) => result.model === model)?.evaluation.ndcg.mean ?? Number.NaN;
}

describe("an evaluation of a folder", () => {
  it("is the same for the same seed, and another for another", async () => {
    const folder = await writeSmallFolder();
    const first = await evaluateFolder({ folder, seed: 1, split: "80-20", format });
    expect(withoutTimes(await evaluateFolder({ folder, seed: 1, split: "80-20", format }))).toEqual(
      withoutTimes(first),
    );
    expect(withoutTimes(await evaluateFolder({ folder, seed: 2, split: "80-20", format }))).not.toEqual(
      withoutTimes(first),
    );
  });

  it("leaves one out of few readers, and says what it did and what it passed over", async () => {
    const evaluation = await evaluateFolder({ folder: await writeSmallFolder(), seed: 1, split: undefined, format });
    expect(evaluation).toMatchObject({ split: "leave-one-out", testReaders: 12, training: { readers: 12 } });
    const text = describeEvaluation(evaluation);
    expect(text).toContain("one like of each reader (readers with 5 or more), seed 1; 12 readers tested");
    expect(text).toContain("| local ridge, deaf to dislikes |");
    expect(text).toContain('1 bad rows passed over:\n  ratings.csv, line 74: must be 3 whole numbers: got "bad"');
    const json = JSON.parse(evaluationJson(evaluation));
    expect(json.models.map(({ model }: { model: string }) => model)).toEqual(
      evaluation.results.map(({ model }) => model),
    );
    expect(json.models[3].ndcg).toEqual(evaluation.results[3]?.evaluation.ndcg);
  });

  it("with the books known tells how many authors lists have, and what making them diverse costs", async () => {
    const ratings = Array.from({ length: 96 }, (_, row) => `${row % 12},${(row * 5) % 31},${1 + (row % 5)}\n`).join("");
    const books = Array.from({ length: 31 }, (_, id) => `${id},${id},${id % 2 ? "Ann" : "Ben"},Book ${id}\n`).join("");
    const folder = await writeFolder({
      "ratings.csv": `${HEADERS.ratings}${ratings}`,
      "to_read.csv": `${HEADERS.wishes}${Array.from({ length: 60 }, (_, row) => `${row % 12},${(row * 7) % 31}\n`).join("")}`,
      "books.csv": `book_id,goodreads_book_id,authors,title\n${books}`,
    });
    const { results } = await evaluateFolder({ folder, seed: 1, split: "80-20", format });
    expect(results.map(({ model }) => model)).toContain("local ridge, diverse lists");
    for (const { evaluation } of results) {
      expect(evaluation.authorDiversity).toBeGreaterThan(0);
      expect(evaluation.authorDiversity).toBeLessThanOrEqual(1);
      expect(evaluation.novelty).toBeGreaterThan(0);
      expect(evaluation.fewRatings.map(({ ratings: told }) => told)).toEqual([1, 3, 10, 77]);
    }
  });

  it("takes a file of pairs, of which no book is known but by who likes it", async () => {
    const pairs = Array.from({ length: 72 }, (_, row) => `reader${row % 12} book${(row * 5) % 31}\n`).join("");
    const folder = await writeFolder({ "pairs.txt": pairs });
    const evaluation = await evaluateFolder({
      folder: join(folder, "pairs.txt"),
      seed: 1,
      split: undefined,
      format: "pairs",
    });
    expect(evaluation).toMatchObject({ testReaders: 12, training: { readers: 12 }, badRows: [] });
    expect(evaluation.results.map(({ evaluation: { authorDiversity } }) => authorDiversity)).toEqual(
      evaluation.results.map(() => undefined),
    );
  });

  it("is refused when there is nobody to test with", async () => {
    const folder = await writeFolder({ "ratings.csv": `${HEADERS.ratings}1,1,5\n`, "to_read.csv": HEADERS.wishes });
    await expect(evaluateFolder({ folder, seed: 1, split: undefined, format })).rejects.toThrow(
      "a reader with 5 likes or more",
    );
  });
});

const sample = findGoodbooks("sample");
const full = findGoodbooks("full");
const unless = (folder: string | undefined) =>
  folder === undefined ? " (skipped: no such folder in GOODBOOKS_DIR)" : "";

describe.skipIf(sample === undefined)(`on goodbooks-10k/sample, one held out of each reader${unless(sample)}`, () => {
  let evaluation: FolderEvaluation;
  beforeAll(async () => {
    evaluation = await evaluateFolder({ folder: sample ?? "", seed: 42, split: undefined, format });
  }, 120_000);

  it("every reader is tested, and no row is bad", () => {
    expect(evaluation).toMatchObject({ split: "leave-one-out", testReaders: 10_000, badRows: [] });
  });

  it("most popular finds what it should, which shows that the split is sound", () => {
    expect(ndcgOf(evaluation, "most popular")).toBeGreaterThan(0.06);
    expect(ndcgOf(evaluation, "most popular")).toBeLessThan(0.068);
    expect(ndcgOf(evaluation, "random")).toBeLessThan(0.004);
  });

  it("item kNN reaches .120 and local ridge .144", () => {
    expect(ndcgOf(evaluation, "item kNN")).toBeGreaterThanOrEqual(0.12);
    expect(ndcgOf(evaluation, "local ridge")).toBeGreaterThanOrEqual(0.144);
  });

  it("local ridge beats item kNN by far more than chance", () => {
    const ridge = evaluation.results.find(({ model }) => model === "local ridge");
    const { mean = 0, standardError = 1 } = ridge?.ndcgAgainstKnn ?? {};
    expect(mean).toBeGreaterThan(5 * standardError);
  });
});

describe.skipIf(full === undefined)(`on goodbooks-10k/full, a fifth held out${unless(full)}`, () => {
  it("local ridge reaches .185", { timeout: 300_000 }, async () => {
    const evaluation = await evaluateFolder({ folder: full ?? "", seed: 42, split: undefined, format });
    expect(evaluation).toMatchObject({ split: "80-20", testReaders: 10_000, badRows: [] });
    expect(ndcgOf(evaluation, "local ridge")).toBeGreaterThanOrEqual(0.185);
  });
});

import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { DataSource, TrainingPhase } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeBookshop, fakeBooksUpTo } from "../testing/fake-bookshop.ts";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const panel = async () => within(await screen.findByRole("region", { name: "The model" }));
const served = {
  version: 3n,
  trainedAt: { seconds: -60n, nanos: 0 },
  trainingSeconds: 2.2,
  data: { source: DataSource.IMPORTED, books: 10_000, readers: 52_911, likes: 1_072_954n },
  changesSince: 12n,
};
const quality = { ndcg: 0.19, ndcgError: 0.002, recall: 0.211, hitRate: 0.548, coverage: 0.42 };
const evaluation = {
  testReaders: 10_000,
  method: "One like in five held out.",
  models: [
    { ...quality, name: "local ridge", served: true },
    { ...quality, name: "most popular", ndcg: 0.071 },
  ],
};

it("says which model is served, and on demand what it learned from", async () => {
  const { tellModel } = await renderBooks();
  await tellModel(served);
  const model = await panel();
  expect(model.getByText("Model 3").parentElement?.textContent).toBe(
    "Model 3 learned from 1,072,954 likes by 52,911 readers.",
  );
  expect(model.queryByRole("term")).toBeNull();
  await userEvent.click(model.getByRole("button", { name: "The model" }));
  const facts = model.getAllByRole("definition").map(({ textContent }) => textContent);
  expect(facts).toEqual([
    "10,000 books of an imported data set",
    "1 min ago, in 2.2 s",
    "12 likes given or taken back",
  ]);
  expect(model.getByText("How good it is has not been measured yet.")).toBeDefined();
});

it("says how many books were solved again since, and when that was last", async () => {
  const { tellModel } = await renderBooks();
  await tellModel({ ...served, booksUpdated: 41, updatedAt: { seconds: -60n, nanos: 0 } });
  const model = await panel();
  await userEvent.click(model.getByRole("button", { name: "The model" }));
  expect(model.getAllByRole("definition").map(({ textContent }) => textContent)).toContain("41 books, 1 min ago");
});

it("labels generated readers", async () => {
  const { tellModel } = await renderBooks();
  await tellModel({ ...served, data: { ...served.data, readers: 900, sampleReaders: 900 } });
  const model = await panel();
  expect(model.getByText("Model 3").parentElement?.textContent).toContain(
    "by 900 readers, all of them generated sample readers.",
  );
});

it("shows a training live, and the model that comes of it", async () => {
  const { tellModel } = await renderBooks();
  const startedAt = { seconds: 0n, nanos: 0 };
  await tellModel({ training: { phase: TrainingPhase.COUNTING, progress: 0.25, startedAt } });
  const model = await panel();
  expect(model.getByText(/The first model is being trained/)).toBeDefined();
  const bar = model.getByRole("progressbar", { name: "Training of the next model" });
  expect(bar.getAttribute("aria-valuenow")).toBe("25");
  expect(bar.getAttribute("aria-valuetext")).toBe("Counting which books are liked together, 25 %");
  await tellModel({ ...served, version: 1n, training: { phase: TrainingPhase.EVALUATING, progress: 0.9, startedAt } });
  expect(model.getByText("The new model is served already.")).toBeDefined();
  await tellModel({ ...served, version: 1n });
  expect(model.queryByRole("progressbar")).toBeNull();
  expect(model.getByRole("status", { name: "Model news" }).textContent).toBe("Model 1 is served now.");
});

it("says why a training failed", async () => {
  const { tellModel } = await renderBooks();
  await tellModel({ ...served, failure: "the disk is full" });
  expect((await panel()).getByText("the disk is full")).toBeDefined();
});

it("compares the quality with that of the baselines, by the measure that is chosen", async () => {
  const { tellModel } = await renderBooks();
  await tellModel({ ...served, evaluation });
  const model = await panel();
  await userEvent.click(model.getByRole("button", { name: "The model" }));
  const table = within(model.getByRole("table", { name: "Quality of the model and of the baselines" }));
  expect(table.getAllByRole("row").map((row) => row.textContent)).toEqual([
    "ModelNDCGRecallHit rateCoverage",
    "local ridge (served)0.190 ± 0.00221.1 %54.8 %42.0 %",
    "most popular0.071 ± 0.00221.1 %54.8 %42.0 %",
  ]);
  const figure = model.getByRole("figure", { name: "Quality of the model" });
  expect(figure.textContent).toContain("one standard error");
  expect(figure.textContent).toContain("Measured with 10,000 readers; one like in five held out.");
  await userEvent.click(model.getByRole("radio", { name: "Coverage" }));
  expect(figure.textContent).toContain("picking at random reaches all");
  expect(figure.textContent).not.toContain("one standard error");
});

it("says why the quality was not measured", async () => {
  const { tellModel } = await renderBooks();
  await tellModel({ ...served, evaluation: { ...evaluation, method: "not measured: too few readers", models: [] } });
  const model = await panel();
  await userEvent.click(model.getByRole("button", { name: "The model" }));
  expect(model.getByText("How good it is: not measured: too few readers.")).toBeDefined();
});

it("says when the model cannot be followed", async () => {
  const { shop, settle } = await renderBooks();
  shop.models.at(-1)?.stream.fail(new ConnectError("no such method", Code.Unimplemented));
  await settle();
  expect((await panel()).getByRole("alert").textContent).toContain("UNIMPLEMENTED");
});

it("follows the model only while the page is looked at", async () => {
  const { shop, settle, environment } = await renderBooks();
  act(() => environment.show(false));
  await settle();
  expect(shop.models[0]?.context.signal.aborted).toBe(true);
  act(() => environment.show(true));
  await settle();
  expect(shop.models).toHaveLength(2);
});

it("shows the books of an imported catalogue once the model has learned them", async () => {
  const shop = createFakeBookshop();
  const { tellModel } = await renderBooks("/books", shop);
  await tellModel({ ...served, data: { ...served.data, source: DataSource.BUILT_IN, books: 8 } });
  shop.books = fakeBooksUpTo(1_000);
  const found = screen.getByRole("status", { name: "Books found" });
  expect(found.textContent).toBe("8 books");
  await tellModel({ ...served, version: 4n });
  expect(found.textContent).toBe("1,000 books");
});

const share = (value: number, low: number, high: number) => ({ value, low, high });

it("shows two rankings side by side, with what came of each and how sure that is", async () => {
  const { tellModel } = await renderBooks();
  const outcome = { books: 3n, readers: 2, share: share(0.5, 0.15, 0.85) };
  const ranking = { readers: 4, booksShown: 1_040n, opened: outcome, rated: outcome, ordered: { books: 1n } };
  await tellModel({
    ...served,
    comparison: {
      rankings: [
        { ...ranking, id: "a", name: "one way" },
        { ...ranking, id: "b", name: "another way" },
      ],
      openedDifference: share(0.1, -0.2, 0.4),
    },
  });
  const model = await panel();
  await userEvent.click(model.getByRole("button", { name: "The model" }));
  const table = within(model.getByRole("table", { name: /Two rankings side by side/ }));
  const rows = table.getAllByRole("row").map(({ textContent }) => textContent);
  expect(rows.slice(0, 4)).toEqual([
    "one wayanother wayDifference",
    "Readers44",
    "Books shown1,0401,040",
    "Opened50 % 15 to 853 books50 % 15 to 853 books+10 % −20 to +40",
  ]);
});

it("shows no share while a ranking has no readers", async () => {
  const { tellModel } = await renderBooks();
  await tellModel({
    ...served,
    comparison: { rankings: ["a", "b"].map((id) => ({ id, name: id })) },
  });
  const model = await panel();
  await userEvent.click(model.getByRole("button", { name: "The model" }));
  const row = model.getByRole("row", { name: /^Opened/ });
  expect(row.textContent).toBe("Opened–0 books–0 books–");
});

import { expect } from "@playwright/test";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { TRAINING_POLICY } from "@triptych/server/training/training-policy.ts";
import { ownServer, test } from "../../fixtures.ts";

// So many changed likes lead to a new model of the built-in catalogue, at the earliest so long after the one before.
const enough = TRAINING_POLICY.enoughChanges({ source: "built-in", likes: 0 });
const timeout = { timeout: TRAINING_POLICY.pauseMs + 30_000 };

test.use({ server: ownServer });

test("a new model is trained and served before the eyes of a reader, who sees the list follow", async ({
  books,
  native,
  page,
}) => {
  // It may wait for two trainings.
  test.setTimeout(2 * timeout.timeout + 60_000);
  await books.open();
  await expect(books.model).toContainText("Model 1 learned from");
  const said = await books.recordTraining();
  await books.openModel();
  const ratings = native(RecommendationService);
  // A machine that is so busy that the model has rested long enough trains after the first likes already, and for the others again.
  const like = (bookId: number) => ratings.rateBook({ userId: 4711, bookId, change: { case: "stars", value: 5 } });
  await Promise.all([
    expect(books.model.getByText(/\d likes? given or taken back/)).toBeVisible(),
    ...Array.from({ length: enough }, (_, index) => like(index + 1)),
  ]);
  await expect(books.modelNews).toHaveText(/^Model [2-9] is served now\.$/, timeout);
  await expect(books.model.getByText("no likes have changed")).toBeVisible(timeout);
  await expect(books.model.getByRole("progressbar")).toHaveCount(0, { timeout: 30_000 });
  expect((await said()).length).toBeGreaterThan(0);
  expect((await said()).every((text) => /^[A-Z][a-z -]+, \d+ %$/.test(text))).toBe(true);
  expect(await books.modelVersion()).toBeGreaterThanOrEqual(2);

  await page.getByRole("radio", { name: "Coverage" }).check();
  await expect(books.model.getByRole("figure")).toContainText("The share of all books that are in someone's first ten");
});

// Trains the model on the folder of goodbooks-10k that the first argument names, and prints what choosing the best
// ten of all books takes for a reader of about as many books as the second argument says: the median, in microseconds.
import { readFeedback } from "@triptych/server/importing/read-feedback.ts";
import { booksOf, createInteractions } from "@triptych/server/services/recommendation/domain/model/interactions.ts";
import { trainLocalRidge } from "@triptych/server/services/recommendation/domain/model/local-ridge.ts";
import { profileOfLikes } from "@triptych/server/services/recommendation/domain/model/profile.ts";
import { quantile } from "../statistics.ts";

const RUNS = 20_000;
const LIST_LENGTH = 10;
/** Readers count whose number of books differs by no more than this. */
const MARGIN = 2;

const [folder = "", size = ""] = process.argv.slice(2);
const interactions = createInteractions((await readFeedback(folder)).likes);
const model = trainLocalRidge(interactions);
const profiles = Array.from(interactions.readerIds, (_, reader) => booksOf(interactions, reader))
  .filter(({ length }) => Math.abs(length - Number(size)) <= MARGIN)
  .map(profileOfLikes);
const times = Array.from({ length: RUNS }, (_, run) => {
  const profile = profiles[run % profiles.length];
  if (profile === undefined) throw new Error(`no reader has about ${size} books`);
  const start = performance.now();
  model.best(profile, LIST_LENGTH);
  return (performance.now() - start) * 1_000;
});
process.stdout.write(`${quantile(times, 0.5)}\n`);

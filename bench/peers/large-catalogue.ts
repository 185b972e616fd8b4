// Makes up as many books and readers as the two arguments say, trains the model on what these like, and prints how long that took, the memory
// that the process had at most, and what choosing the best ten books takes for a reader of 77: the median.
import { createInteractions } from "@triptych/server/services/recommendation/domain/model/interactions.ts";
import { trainLocalRidge } from "@triptych/server/services/recommendation/domain/model/local-ridge.ts";
import { profileOfLikes } from "@triptych/server/services/recommendation/domain/model/profile.ts";
import { createRandom } from "@triptych/server/services/recommendation/domain/model/random.ts";
import { quantile } from "../statistics.ts";

const RUNS = 1_000;
const READER_BOOKS = 77;
const CIRCLES = 1_000;
/** The share of the books that a reader likes which are of the reader's circle. */
const OF_CIRCLE = 0.6;

const [books, readers] = process.argv.slice(2).map(Number);
if (!books || !readers) throw new Error("usage: node bench/peers/large-catalogue.ts BOOKS READERS");
const random = createRandom(1);
const likes = makeLikes(books, readers);
const start = performance.now();
const interactions = createInteractions(likes);
const model = trainLocalRidge(interactions);
const seconds = (performance.now() - start) / 1_000;
const times = Array.from({ length: RUNS }, () => {
  const own = new Set(
    Array.from({ length: READER_BOOKS }, () => Math.floor(random() * random() * model.popularity.length)),
  );
  const profile = profileOfLikes(Uint32Array.from(own).sort());
  const before = performance.now();
  model.best(profile, 10);
  return (performance.now() - before) * 1_000;
});
process.stdout.write(
  `${model.popularity.length} books, ${interactions.readerIds.length} readers, ${interactions.books.length} likes: trained in ${seconds.toFixed(0)} s; ` +
    `${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MB at most; best ten in ${quantile(times, 0.5).toFixed(0)} µs\n`,
);

/** From two likes a reader to twenty-three, and eight on average; few books have most of them. */
function makeLikes(bookCount: number, readerCount: number) {
  const columns = { readers: new Int32Array(readerCount * 24), books: new Int32Array(readerCount * 24) };
  let length = 0;
  for (let reader = 0; reader < readerCount; reader++) {
    const count = Math.round(1.5 + 4.8 / Math.sqrt(random() + 0.05));
    const circle = Math.floor(random() * CIRCLES);
    for (let like = 0; like < count; like++) {
      const place = Math.floor(bookCount ** random());
      const near = Math.min(bookCount - 1, Math.floor(place / CIRCLES) * CIRCLES + circle);
      columns.readers[length] = reader;
      columns.books[length++] = random() < OF_CIRCLE ? near : place % bookCount;
    }
  }
  return { readers: columns.readers.subarray(0, length), books: columns.books.subarray(0, length) };
}

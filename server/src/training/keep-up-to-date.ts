import type { LikedPairs } from "../services/recommendation/domain/model/interactions.ts";
import { interactionsOf } from "../services/recommendation/domain/training/train-served-model.ts";
import { createModelUpdater, type ModelUpdater } from "../services/recommendation/domain/training/update-model.ts";
import { type LoggedLikeChange, readLikeChanges } from "../storage/sqlite/library-likes.ts";
import { lastChanges } from "./last-changes.ts";
import type { TrainedModel } from "./trained-model.ts";
import { type InputSource, readTrainingLikes } from "./training-input.ts";
import type { UpdateMessage, UpdateOrder } from "./update-messages.ts";

/** What keeping a model up to date works with. */
export interface UpdateTools extends Pick<InputSource, "builtIn" | "createSampleReaders"> {
  /** Reads the model that is stored; undefined when there is none. */
  readonly readStored: (dataDir: string) => Promise<TrainedModel | undefined>;
  /** Hands a model over. Its arrays are not used after that. */
  readonly tell: (message: UpdateMessage) => void;
  /** Resolves when likes may have changed since it resolved before. */
  readonly toLook: () => Promise<void>;
  /** Resolves after so many milliseconds. */
  readonly rest: (milliseconds: number) => Promise<void>;
  /** Milliseconds since some moment, which go on evenly. */
  readonly uptime: () => number;
}

/** How long it solves before it tells what has come of it, in milliseconds, whatever it took to take in what has changed. */
const ROUND_MS = 2_000;
/** How long it rests after each round, at least and unless the round took longer: so it takes half of a core at most. */
const REST_MS = 5_000;

/**
 * Keeps the stored model up to date with what readers like since it was trained: solves again what that changes and hands the model over after each round, while
 * anything has changed. Goes on until it is ended from outside.
 * @throws Error when another model is stored, or when the likes are not those that it learned from.
 */
export async function keepUpToDate(order: UpdateOrder, tools: UpdateTools): Promise<never> {
  const { dataDir, version } = order;
  const stored = await tools.readStored(dataDir);
  if (stored?.version !== version) throw new Error(`model ${version} is not the one that is stored`);
  const updater = createUpdater(stored, order, tools);
  let seen = stored.sequence;
  for (;;) {
    const begun = tools.uptime();
    const changes = readLikeChanges(dataDir, seen);
    // A like that is given and taken back again and again is one change.
    for (const change of lastChanges(changes)) updater.change(change);
    seen = changes.at(-1)?.sequence ?? seen;
    const start = tools.uptime();
    const isDue = updater.pending > 0;
    while (updater.pending > 0 && tools.uptime() - start < ROUND_MS) updater.solveNext();
    if (isDue) {
      tools.tell({ model: updater.updated(), solved: updater.solved });
      await tools.rest(Math.max(REST_MS, tools.uptime() - begun));
    }
    if (updater.pending === 0) await tools.toLook();
  }
}

function createUpdater({ model, sequence }: TrainedModel, order: UpdateOrder, tools: UpdateTools): ModelUpdater {
  const { likes, sequence: now } = readTrainingLikes({ ...tools, ...order });
  const since = readLikeChanges(order.dataDir, sequence).filter((change) => change.sequence <= now);
  const interactions = interactionsOf(before(likes, since), model.bookIds);
  if (interactions.books.length !== model.likes)
    throw new Error(`the model learned from ${model.likes} likes: got ${interactions.books.length}`);
  return createModelUpdater(model, interactions);
}

/** The likes that there were before some changes, in any order. */
function before({ readers, books }: LikedPairs, changes: readonly LoggedLikeChange[]): LikedPairs {
  // The first change of each says what was before.
  const changed = new Map(changes.toReversed().map((change) => [`${change.reader}/${change.book}`, change]));
  if (changed.size === 0) return { readers, books };
  const readersChanged = new Set(changes.map(({ reader }) => reader));
  const isLeft = (reader: number, book: number) => !readersChanged.has(reader) || !changed.has(`${reader}/${book}`);
  const rows = Uint32Array.from(readers, (_, row) => row).filter((row) => isLeft(readers[row] ?? 0, books[row] ?? 0));
  const taken = [...changed.values()].filter(({ liked }) => !liked);
  return {
    readers: Int32Array.from([...rows.values().map((row) => readers[row] ?? 0), ...taken.map(({ reader }) => reader)]),
    books: Int32Array.from([...rows.values().map((row) => books[row] ?? 0), ...taken.map(({ book }) => book)]),
  };
}

import type { Book } from "../services/recommendation/domain/book.ts";
import type { Feedback } from "../services/recommendation/domain/evaluation/feedback.ts";
import type { LikedPairs } from "../services/recommendation/domain/model/interactions.ts";
import type { BookTraits, TrainingData } from "../services/recommendation/domain/training/training-data.ts";
import { openLibrary } from "../storage/sqlite/library.ts";
import { readLikes } from "../storage/sqlite/library-likes.ts";
import { readOthers } from "../storage/sqlite/library-others.ts";
import { readLibraryTraits } from "../storage/sqlite/library-traits.ts";

/** What a model is trained on and told to be trained on. */
export interface TrainingInput extends TrainingData, TrainingLikes {}

/** Who likes what. */
export interface TrainingLikes {
  readonly likes: LikedPairs;
  /** The last change of a rating that the likes include, by its number in the log. */
  readonly sequence: number;
  /** How many of the readers are generated. */
  readonly sampleReaders: number;
}

/** Where the likes come from. */
export interface InputSource {
  readonly dataDir: string;
  /** The fingerprint that the library must have; undefined where there must be none. */
  readonly library: string | undefined;
  readonly builtIn: readonly Book[];
  /** Makes the readers that fill in while nothing is imported. */
  readonly createSampleReaders: (books: readonly Book[]) => LikedPairs;
}

/**
 * Reads who likes what and which books there are: those of the library and those of the built-in catalogue.
 * @throws Error when a file cannot be read, or when another library has taken the place of the one meant.
 */
export function readTrainingInput(source: InputSource): TrainingInput {
  const books = withBuiltIn(readLibraryTraits(source.dataDir), source.builtIn);
  // After the books, for the library may have been replaced: then it throws.
  return { ...readTrainingLikes(source), books };
}

/**
 * Reads who likes what. Sample readers are among the readers while nothing is imported, and never else.
 * @throws Error when a file cannot be read, or when another library has taken the place of the one meant.
 */
export function readTrainingLikes({ dataDir, library, builtIn, createSampleReaders }: InputSource): TrainingLikes {
  requireLibrary(dataDir, library);
  const { sequence, ...likes } = readLikes(dataDir);
  // Again, for it may have been replaced between two looks.
  requireLibrary(dataDir, library);
  if (library !== undefined) return { likes, sequence, sampleReaders: 0 };
  const samples = createSampleReaders(builtIn);
  return { likes: joined(likes, samples), sequence, sampleReaders: new Set(Array.from(samples.readers)).size };
}

/** What readers made of books, to measure models with: the likes, and what they rated lower. */
export function readFeedback({ likes }: TrainingInput, dataDir: string): Feedback {
  return { likes, others: readOthers(dataDir) };
}

function requireLibrary(dataDir: string, wanted: string | undefined): void {
  const library = openLibrary(dataDir);
  library?.close();
  if (library?.info.fingerprint !== wanted) throw new Error("the library has been replaced");
}

function withBuiltIn(imported: readonly BookTraits[], builtIn: readonly Book[]): readonly BookTraits[] {
  const known = new Set(imported.map(({ id }) => id));
  return [...imported, ...builtIn.filter(({ id }) => !known.has(id)).map(traitsOfBook)];
}

/** What is known of a book of the built-in catalogue: its categories count as tags, the first most. */
function traitsOfBook({ id, authors, categories }: Book): BookTraits {
  return { id, authors, tags: categories.map((category, place) => [category, 1 / (1 + place)] as const) };
}

function joined(first: LikedPairs, second: LikedPairs): LikedPairs {
  return { readers: concatenated(first.readers, second.readers), books: concatenated(first.books, second.books) };
}

function concatenated(first: ArrayLike<number>, second: ArrayLike<number>): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

import { lowerBound } from "./ascending.ts";

/** The counts of pairs of books by rank, each kept once, with the less popular book of the two. */
export interface PairRows {
  /** The count of a pair of different ranks, 0 where none was added. */
  get(a: number, b: number): number;
  /** Starts the row of a rank, once for each in ascending order: what is added are lower ranks with their counts, in any order. */
  start(rank: number): RowWriter;
}

/** Takes the pairs of one rank. */
export interface RowWriter {
  readonly add: (place: number, other: number, count: number) => void;
  /** Keeps the row; false where there is no room for it, and then the rows are of no use. */
  end(): boolean;
}

/** The pairs among so many of the most popular books, nearly all of which are liked together, are kept in a triangle: it is smaller, and found at once. */
const DENSE = 4_096;
const FIRST_BLOCK = 1 << 12;
const LARGEST_BLOCK = 1 << 22;

/** Part of the sparse rows, so that they grow without being copied. */
interface Block {
  readonly others: Uint32Array;
  readonly counts: Float32Array;
}

/** How much room there is. */
interface PairRoom {
  /** So many of the most popular books have their pairs in a triangle. */
  readonly dense?: number;
  /** How many pairs of the other books are kept at most. */
  readonly most?: number;
}

/** Makes room for the pairs of this many books. */
export function createPairRows(
  size: number,
  { dense = DENSE, most = Number.POSITIVE_INFINITY }: PairRoom = {},
): PairRows {
  const edge = Math.min(size, dense);
  const triangle = new Float32Array((edge * (edge - 1)) / 2);
  const sparse = createSparseRows(size, edge, most);
  return {
    get(a, b) {
      const high = a > b ? a : b;
      const low = a > b ? b : a;
      return high < edge ? (triangle[(high * (high - 1)) / 2 + low] as number) : sparse.get(high, low);
    },
    start(rank) {
      if (rank >= edge) return sparse.start(rank);
      const from = (rank * (rank - 1)) / 2;
      const add: RowWriter["add"] = (_place, other, count) => {
        triangle[from + other] = count;
      };
      return { add, end: () => true };
    },
  };
}

/** The rows of the ranks from `first` on, each ascending and found by halving. */
function createSparseRows(size: number, first: number, most: number): PairRows {
  const blocks: Block[] = [];
  const blockOf = new Uint16Array(size - first);
  const starts = new Uint32Array(size - first);
  const ends = new Uint32Array(size - first);
  const counts = new Float32Array(size);
  const others = new Uint32Array(size);
  let used = 0;
  let kept = 0;

  /** A block with room for so many more. */
  function blockFor(length: number): Block {
    const last = blocks.at(-1);
    if (last && used + length <= last.others.length) return last;
    const room = Math.max(length, Math.min(LARGEST_BLOCK, FIRST_BLOCK * 2 ** blocks.length));
    const block = { others: new Uint32Array(room), counts: new Float32Array(room) };
    blocks.push(block);
    used = 0;
    return block;
  }

  return {
    get(high, low) {
      const row = high - first;
      const block = blocks[blockOf[row] as number];
      if (block === undefined) return 0;
      const end = ends[row] as number;
      const at = lowerBound(block.others, starts[row] as number, end, low);
      return at < end && block.others[at] === low ? (block.counts[at] as number) : 0;
    },
    start(rank) {
      let length = 0;
      return {
        add(place, other, count) {
          others[place] = other;
          counts[other] = count;
          length = place + 1;
        },
        end() {
          kept += length;
          if (kept > most) return false;
          const block = blockFor(length);
          const ascending = others.subarray(0, length).sort();
          block.others.set(ascending, used);
          for (let place = 0; place < length; place++) block.counts[used + place] = counts[ascending[place] ?? 0] ?? 0;
          blockOf[rank - first] = blocks.length - 1;
          starts[rank - first] = used;
          used += length;
          ends[rank - first] = used;
          return true;
        },
      };
    },
  };
}

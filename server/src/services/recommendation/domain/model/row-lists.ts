/** Lists of numbers one after another: row `r` is `values[starts[r]] … values[ends[r] - 1]`. */
export interface RowLists {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly values: Uint32Array;
}

/** Lists of which each can be replaced by another, and more can be added. Its arrays are others after each change. */
export interface GrowingLists extends RowLists {
  /** A copy of a row; empty where there is none. */
  row(index: number): Uint32Array;
  /** Puts a list in the place of that of a row, or adds the row that comes after the last. */
  replace(index: number, list: Uint32Array): void;
}

/** The lists of which each ends where the next one starts. */
export function adjacentLists(starts: Uint32Array, values: Uint32Array): RowLists {
  return { starts, ends: starts.subarray(1), values };
}

/**
 * Lists that start as these, which are not changed. A list that takes no more room than the one it replaces is written over it, others at the end; where
 * more than half of the room is of no use, what is of use is moved together, so that memory is in proportion to what the lists hold.
 */
export function createGrowingLists({ starts, ends, values }: RowLists): GrowingLists {
  let rows = ends.length;
  let lists = { starts: starts.slice(0, rows), ends: ends.slice(), values: values.slice() };
  let used = values.length;
  let kept = values.length;

  /** Makes room for one more row and for so many more values. */
  function makeRoom(length: number): void {
    if (rows === lists.ends.length)
      lists = { ...lists, starts: grown(lists.starts, rows + 1), ends: grown(lists.ends, rows + 1) };
    if (used + length <= lists.values.length) return;
    if (2 * kept < used) compact();
    lists = { ...lists, values: grown(lists.values, used + length) };
  }

  function compact(): void {
    const together = new Uint32Array(kept);
    let end = 0;
    for (let index = 0; index < rows; index++) {
      const row = lists.values.subarray(lists.starts[index], lists.ends[index]);
      together.set(row, end);
      lists.starts[index] = end;
      end += row.length;
      lists.ends[index] = end;
    }
    lists = { ...lists, values: together };
    used = end;
  }

  return {
    get starts() {
      return lists.starts;
    },
    get ends() {
      return lists.ends;
    },
    get values() {
      return lists.values;
    },
    row: (index) => (index < rows ? lists.values.slice(lists.starts[index], lists.ends[index]) : new Uint32Array()),
    replace(index, list) {
      makeRoom(list.length);
      if (index === rows) {
        lists.starts[index] = lists.ends[index] = used;
        rows++;
      }
      const room = (lists.ends[index] ?? 0) - (lists.starts[index] ?? 0);
      if (list.length > room) {
        lists.starts[index] = used;
        used += list.length;
      }
      lists.values.set(list, lists.starts[index]);
      lists.ends[index] = (lists.starts[index] ?? 0) + list.length;
      kept += list.length - room;
    },
  };
}

/** A copy with room for at least so many, and for half as many again as there were. */
function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(Math.max(length, array.length + (array.length >> 1)));
  next.set(array);
  return next;
}

/** Where a column of equally high rows stands, in pixels. */
export interface RowsPlace {
  /** How many rows there are. */
  readonly rows: number;
  /** The height of a row with the gap after it. */
  readonly rowHeight: number;
  /** Where the first row begins, from the top of the window; negative where that is scrolled out. */
  readonly top: number;
  readonly windowHeight: number;
}

/** Rows `first` up to, but not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

// So many rows before and after the window, so that there is something to see at once, and for the Tab key to go to.
const margin = 2;

/** The rows to render: those in the window and a few around it. Of rows that are all out of the window, the nearest. */
export function rowsInView({ rows, rowHeight, top, windowHeight }: RowsPlace): RowRange {
  const first = Math.floor(-top / rowHeight) - margin;
  const end = Math.ceil((windowHeight - top) / rowHeight) + margin;
  return { first: clamp(first, Math.max(0, rows - margin)), end: clamp(end, rows, Math.min(margin, rows)) };
}

function clamp(value: number, most: number, least = 0): number {
  return Math.min(Math.max(value, least), most);
}

/** The shape of a shelf. */
export interface ShelfShape {
  readonly count: number;
  readonly columns: number;
  /** How many rows a page has. */
  readonly rowsOnPage: number;
}

/**
 * Where a key leads from an item of a shelf: to the neighbour, a row or a page on, to the first or the last. Undefined for a key
 * that leads nowhere, and where there is nothing that way.
 */
export function targetIndex(key: string, from: number, { count, columns, rowsOnPage }: ShelfShape): number | undefined {
  const to = wantedIndex(key, from, count, columns, Math.max(1, rowsOnPage));
  return to === undefined || to === from || to < 0 || to >= count ? undefined : to;
}

function wantedIndex(key: string, from: number, count: number, columns: number, page: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return from + 1;
    case "ArrowLeft":
      return from - 1;
    case "ArrowDown":
      return downTo(from, columns, count, columns);
    case "ArrowUp":
      return from - columns;
    case "PageDown":
      return downTo(from, page * columns, count, columns);
    case "PageUp":
      return from - Math.min(page, Math.floor(from / columns)) * columns;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

// The last row may end before the column: then its last item stands for what is missing.
function downTo(from: number, distance: number, count: number, columns: number): number {
  const lastRow = Math.floor((count - 1) / columns);
  return Math.floor(from / columns) === lastRow ? from : Math.min(from + distance, count - 1);
}

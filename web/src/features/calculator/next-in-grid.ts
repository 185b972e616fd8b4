/**
 * Where an arrow key, Home or End leads from a cell of a grid that is filled row by row: the index of a cell, which
 * stays within the row or the column. Undefined for any other key.
 */
export function nextInGrid(key: string, from: number, columns: number, count: number): number | undefined {
  const row = Math.floor(from / columns) * columns;
  const within = (to: number) => (to < 0 || to >= count ? from : to);
  switch (key) {
    case "ArrowLeft":
      return Math.max(row, from - 1);
    case "ArrowRight":
      return Math.min(row + columns - 1, from + 1, count - 1);
    case "ArrowUp":
      return within(from - columns);
    case "ArrowDown":
      return within(from + columns);
    case "Home":
      return row;
    case "End":
      return Math.min(row + columns, count) - 1;
    default:
      return undefined;
  }
}

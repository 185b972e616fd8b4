import type { ShelfSpacing } from "../shelf/use-shelf-layout.ts";

/** How the books of the catalogue stand: at least two in a row, also on a phone. */
export const gridSpacing: ShelfSpacing = {
  columnRem: 9.25,
  fewestColumns: 2,
  columnGapRem: 1.25,
  rowGapRem: 1.5,
  heightRem: 24,
};

import { useState } from "react";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { keepPaneSize, type PaneRange, readPaneSize } from "./pane-size.ts";

/** The size of a pane, in percent, kept from visit to visit. */
export function usePaneSize(name: string, range: PaneRange): readonly [size: number, setSize: (size: number) => void] {
  const [size, setSize] = useState(() => readPaneSize(keptForVisits, name, range));
  return [
    size,
    (next) => {
      setSize(next);
      keepPaneSize(keptForVisits, name, next);
    },
  ];
}

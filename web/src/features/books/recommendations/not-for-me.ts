import { useCallback, useMemo, useState } from "react";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { mostBooks } from "./list-options.ts";

/** The books that a reader does not care for. */
export interface NotForMe {
  readonly bookIds: readonly number[];
  readonly add: (bookId: number) => void;
  readonly remove: (bookId: number) => void;
  readonly clear: () => void;
}

/** The books that a reader does not care for, kept in the browser; of very many the latest. */
export function useNotForMe(readerId: number): NotForMe {
  const name = `triptych-not-for-me-${readerId}`;
  const [bookIds, setBookIds] = useState(() => parseIds(keptForVisits.getItem(name)));
  const change = useCallback(
    (bookId: number, isAside: boolean) => {
      setBookIds((last) => {
        const others = last.filter((id) => id !== bookId);
        const next = isAside ? [...others, bookId].slice(-mostBooks) : others;
        keptForVisits.setItem(name, JSON.stringify(next));
        return next;
      });
    },
    [name],
  );
  const add = useCallback((bookId: number) => change(bookId, true), [change]);
  const remove = useCallback((bookId: number) => change(bookId, false), [change]);
  const clear = useCallback(() => {
    keptForVisits.removeItem(name);
    setBookIds([]);
  }, [name]);
  return useMemo(() => ({ bookIds, add, remove, clear }), [bookIds, add, remove, clear]);
}

/** The ids of a kept text; none where it is none, as after a change by hand. */
export function parseIds(text: string | null): readonly number[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.filter((id) => Number.isInteger(id) && id >= 1 && id <= 2_147_483_647).slice(-mostBooks);
  } catch {
    return [];
  }
}

import type { Recommendation } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useLayoutEffect, useMemo, useRef } from "react";
import { allBooks } from "../recommendations/list-options.ts";
import type { Recommendations } from "../recommendations/use-recommendations.ts";
import type { ReaderRatings } from "./use-reader-ratings.ts";

/** Told what is recommended when a book is about to be rated. */
export type NoteList = (bookId: number, list: readonly Recommendation[]) => void;

/** The ratings of a reader, with what was recommended from all books before each given to `note`, which must not change. */
export function useNotedRatings(
  ratings: ReaderRatings,
  recommendations: Recommendations,
  note: NoteList,
): ReaderRatings {
  // A list from some of the books is none to compare with.
  const shown = recommendations.options === allBooks ? recommendations.data.recommendations : undefined;
  const latest = useRef(shown);
  useLayoutEffect(() => {
    latest.current = shown;
  }, [shown]);
  return useMemo(
    () => ({
      ...ratings,
      rate(book, stars) {
        if (latest.current !== undefined) note(book.id, latest.current);
        ratings.rate(book, stars);
      },
    }),
    [ratings, note],
  );
}

import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useRef } from "react";
import type { RankedList } from "./ranked-list.ts";
import classes from "./recommendation-list.module.css";
import { RecommendedBook } from "./recommended-book.tsx";
import { useFlip } from "./use-flip.ts";
import { useFocusNext } from "./use-focus-next.ts";

/** The list that has come. */
export interface RecommendationListProps {
  readonly list: RankedList;
  readonly recommendations: NonNullable<RankedList["recommendations"]>;
  /** Called with a book that the reader does not care for. */
  readonly onNotForMe: (book: Book) => void;
}

/** The recommendations, best first. When their order changes, the eye can follow which book went where. */
export function RecommendationList({ list: ranked, recommendations, onNotForMe }: RecommendationListProps) {
  const list = useRef<HTMLOListElement>(null);
  const order = recommendations.map(({ book }) => book?.id).join();
  useFlip(list, order);
  const keepFocus = useFocusNext(list, order);
  return (
    <ol ref={list} className={classes.list} aria-label="Recommended books" tabIndex={-1} onFocus={keepFocus}>
      {recommendations.map((recommendation, index) => {
        const id = recommendation.book?.id ?? 0;
        return (
          <RecommendedBook
            key={id}
            recommendation={recommendation}
            rank={index + 1}
            change={ranked.changes.get(id)}
            changedBookId={ranked.changedBookId}
            onNotForMe={onNotForMe}
          />
        );
      })}
    </ol>
  );
}

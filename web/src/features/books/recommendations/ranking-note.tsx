import { RankedBy } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useFollowedModel } from "../model/model-context.ts";
import { sampleReadersText } from "../model/sample-readers-text.ts";
import { useRatings } from "../rating/ratings-context.ts";
import type { RankedList } from "./ranked-list.ts";
import classes from "./ranking-note.module.css";

/** Says when a list is not the reader's own but that of all: why, and what changes that. */
export function RankingNote({ list }: { readonly list: RankedList }) {
  const { ratings } = useRatings();
  const { model } = useFollowedModel().data;
  if (list.recommendations === undefined || ratings === undefined) return null;
  if (list.by === RankedBy.MODEL) {
    return <p className={classes.ranked}>Ranked by model {list.modelVersion.toString()}, from your own ratings.</p>;
  }
  const noModel = list.by === RankedBy.POPULARITY && list.modelVersion === 0n;
  const data = model?.data;
  return (
    <div className={classes.note}>
      {noModel && <p>No model is ready yet: popular books are shown until it is.</p>}
      {ratings.length === 0 ? (
        <p>
          You have not rated any book yet, so these are popular: what many readers like. Give stars to one you know, and
          watch the list follow.
        </p>
      ) : (
        !noModel &&
        list.by === RankedBy.POPULARITY && (
          <p>None of your ratings says anything about other books yet, so these are popular.</p>
        )
      )}
      {data !== undefined && data.sampleReaders > 0 && (
        <p className={classes.soft}>
          The model knows {data.readers.toLocaleString("en")} readers{sampleReadersText(data)}.
        </p>
      )}
    </div>
  );
}

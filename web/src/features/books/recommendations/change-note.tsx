import { useQuery } from "@connectrpc/connect-query";
import { IconBolt } from "@tabler/icons-react";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useRatings } from "../rating/ratings-context.ts";
import classes from "./change-note.module.css";
import { changedElsewhere } from "./changed-elsewhere.ts";
import type { RankedList } from "./ranked-list.ts";

/** Says that the list changed because a book was rated elsewhere: by a native client, or in another tab. */
export function ChangeNote({ list }: { readonly list: RankedList }) {
  const { underWay } = useRatings();
  const id = changedElsewhere(list, underWay);
  const { data } = useQuery(RecommendationService.method.getBook, id === undefined ? undefined : { id }, {
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const title = id === data?.book?.id ? data?.book?.title : undefined;
  return (
    <p role="status" aria-label="What changed the list" className={classes.note}>
      {id !== undefined && (
        <>
          <IconBolt aria-hidden size={16} className={classes.icon} />
          <span>
            Your rating of {title === undefined ? `book ${id}` : <q dir="auto">{title}</q>} was changed from another
            client, and the list followed.
          </span>
        </>
      )}
    </p>
  );
}

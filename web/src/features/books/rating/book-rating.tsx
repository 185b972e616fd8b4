import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useWhyNot } from "../../../session/why-not.ts";
import { useRatings } from "./ratings-context.ts";
import { StarRating } from "./star-rating.tsx";

/** The current reader's stars for a book, to see and to change. */
export function BookRating({ book }: { readonly book: Book }) {
  const { starsOf, rate } = useRatings();
  const whyNot = useWhyNot();
  return (
    <StarRating title={book.title} stars={starsOf(book.id)} whyNot={whyNot} onChange={(stars) => rate(book, stars)} />
  );
}

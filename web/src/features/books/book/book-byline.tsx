import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./book-byline.module.css";
import { publicationYear } from "./publication-year.ts";

/** Who wrote a book, and when it was first published where that is known. */
export function BookByline({ book }: { readonly book: Book }) {
  const year = publicationYear(book.year);
  return (
    <p className={classes.byline}>
      <bdi>{book.authors.join(", ")}</bdi>
      {year !== undefined && (
        <>
          {" "}
          <span className={classes.year}>· {year}</span>
        </>
      )}
    </p>
  );
}

import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Rating } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { BookByline } from "../book/book-byline.tsx";
import { BookCover } from "../book/book-cover.tsx";
import { BookLink } from "../book/book-link.tsx";
import { BookRating } from "../rating/book-rating.tsx";
import classes from "./rated-book.module.css";

/** A book that the reader has rated, when, and the stars to change. All are equally high. */
export function RatedBook({ rating: { book, time } }: { readonly rating: Rating }) {
  if (book === undefined) return null;
  return (
    <div className={classes.row}>
      <BookCover book={book} thumbnail />
      <div className={classes.text}>
        <h3 className={classes.title} dir="auto" title={book.title}>
          <BookLink id={book.id}>{book.title}</BookLink>
        </h3>
        <BookByline book={book} lines={1} />
        <div className={classes.line}>
          <BookRating book={book} />
          {time !== undefined && (
            <span className={classes.time}>
              <RelativeTime time={timestampDate(time)} />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

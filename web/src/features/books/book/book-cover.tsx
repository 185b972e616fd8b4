import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { CSSProperties } from "react";
import classes from "./book-cover.module.css";
import { coverLook } from "./cover-look.ts";
import { splitTitle } from "./split-title.ts";

/** Which book, and how large. */
export interface BookCoverProps {
  readonly book: Book;
  /** Without words, for where it is too small to read them. */
  readonly thumbnail?: boolean;
}

/** A cover made up from the title, the author and the category. For the eye only: what it says must stand beside it. */
export function BookCover({ book, thumbnail = false }: BookCoverProps) {
  const { main, rest } = splitTitle(book.title);
  const { hue, ornament, size, longestWord } = coverLook({ ...book, title: main });
  const style: CSSProperties & Record<"--cover-hue" | "--letters", number> = {
    "--cover-hue": hue,
    "--letters": longestWord,
  };
  return (
    <div
      aria-hidden
      className={classes.cover}
      data-ornament={ornament}
      data-size={size}
      data-thumbnail={thumbnail || undefined}
      style={style}
    >
      {!thumbnail && (
        <>
          <span className={classes.title} dir="auto">
            {main}
          </span>
          {rest !== "" && (
            <span className={classes.rest} dir="auto">
              {rest}
            </span>
          )}
          <span className={classes.author} dir="auto">
            {book.authors.length > 2 ? `${book.authors[0]} et al.` : book.authors.join(" & ")}
          </span>
        </>
      )}
    </div>
  );
}

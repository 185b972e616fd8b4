import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "../../../hooks/use-document-title.ts";
import classes from "./book-facts.module.css";

/** The outline of a book that is on its way: as large as most. */
export function BookFactsSkeleton() {
  useDocumentTitle("Book");
  return (
    <div className={classes.book} aria-busy="true">
      <VisuallyHidden role="status">Loading the book…</VisuallyHidden>
      <div className={classes.cover}>
        <Skeleton style={{ aspectRatio: "3 / 4" }} height="auto" />
      </div>
      <div className={classes.text}>
        <Skeleton height="2.75rem" width="70%" mb="1.6rem" />
        <Skeleton height="8.5rem" width="min(26rem, 100%)" />
      </div>
    </div>
  );
}

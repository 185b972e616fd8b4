import { useParams } from "wouter";
import { useReader } from "../../../reader/use-reader.ts";
import { BookOfReader } from "./book-of-reader.tsx";
import { NoSuchBook } from "./no-such-book.tsx";

/** The page of one book, for the current reader. Another book, or another reader, starts it again. */
export function BookPage() {
  const { id = "" } = useParams<{ readonly id: string }>();
  const { readerId } = useReader();
  const bookId = bookIdOf(id);
  if (bookId === undefined) return <NoSuchBook id={id} />;
  return <BookOfReader key={`${readerId} ${bookId}`} bookId={bookId} readerId={readerId} />;
}

/** The number of a book in an address; undefined for what no book can have. */
function bookIdOf(text: string): number | undefined {
  const id = Number(text);
  return /^[1-9]\d*$/.test(text) && id <= 2_147_483_647 ? id : undefined;
}

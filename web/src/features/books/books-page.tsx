import { useReader } from "../../reader/use-reader.ts";
import { BooksOfReader } from "./books-of-reader.tsx";

/** The page of the recommendation and order services. Another reader starts it again. */
export function BooksPage() {
  const { readerId } = useReader();
  return <BooksOfReader key={readerId} readerId={readerId} />;
}

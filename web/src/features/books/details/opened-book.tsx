import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { ErrorBoundary } from "../../../components/error-boundary.tsx";
import { OpenBookContext } from "./open-book-context.ts";

const BookDialog = lazy(async () => ({ default: (await import("./book-dialog.tsx")).BookDialog }));

/** Shows the book that something inside it opens, over the page. */
export function OpenedBook({ children }: { readonly children: ReactNode }) {
  const [book, setBook] = useState<Book>();
  return (
    <OpenBookContext value={setBook}>
      {children}
      {book !== undefined && (
        <ErrorBoundary resetKey={String(book.id)} fallback={() => null}>
          <Suspense fallback={null}>
            <BookDialog book={book} onClose={() => setBook(undefined)} />
          </Suspense>
        </ErrorBoundary>
      )}
    </OpenBookContext>
  );
}

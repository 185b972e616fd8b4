import { useQuery } from "@connectrpc/connect-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useState } from "react";
import { CategorySelect } from "../book/category-select.tsx";
import { BookRow } from "../details/book-row.tsx";
import classes from "./discover.module.css";
import { ShortShelf } from "./short-shelf.tsx";

const maxResults = 12;

/** What readers do most with lately, and what was published last; of all books or of one category. */
export function Discover() {
  const [category, setCategory] = useState("");
  const input = { category, maxResults };
  const trending = useQuery(RecommendationService.method.listTrendingBooks, input);
  const newest = useQuery(RecommendationService.method.listNewBooks, input);
  return (
    <div className={classes.shelves}>
      <CategorySelect label="Discover in" value={category} onChange={setCategory} className={classes.category} />
      <ShortShelf
        title="Trending"
        about="What readers open, like, put into the basket and order, counting half after a week."
        query={trending}
        count={trending.data?.trendingBooks.length}
        empty="Nothing trends here yet. Open a book, and it will."
      >
        {trending.data?.trendingBooks.map(
          ({ book, score }) =>
            book !== undefined && (
              <BookRow key={book.id} book={book} level={3}>
                Score {score.toFixed(1)}
              </BookRow>
            ),
        )}
      </ShortShelf>
      <ShortShelf
        title="New"
        about="The books that were published last."
        query={newest}
        count={newest.data?.books.length}
        empty="No book here has a known year."
      >
        {newest.data?.books.map((book) => (
          <BookRow key={book.id} book={book} level={3} />
        ))}
      </ShortShelf>
    </div>
  );
}

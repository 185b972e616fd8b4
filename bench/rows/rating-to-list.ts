import { importedApp } from "../imported/imported-app.ts";
import { makeReader } from "../imported/make-reader.ts";
import { ratingsToLists } from "../imported/rating-to-list.ts";
import type { Row } from "../row.ts";
import { quantile } from "../statistics.ts";

/** How soon a rating moves the list that a reader looks at. */
export const ratingToList: Row = {
  name: "rating-to-list",
  title: "from a rating to the new list in an open stream, imported catalogue, median",
  unit: "ms",
  subjects: [
    {
      name: "app",
      server: importedApp,
      whyNot: (purpose) => importedApp.whyNot?.(purpose),
      async open(harness) {
        const server = await harness.server(importedApp);
        const bookId = await makeReader(server);
        return { server, sample: async (seconds) => quantile(await ratingsToLists(server, bookId, seconds), 0.5) };
      },
    },
  ],
  targets: [{ of: "app", bound: "≤", value: 5 }],
};

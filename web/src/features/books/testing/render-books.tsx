import type { MessageInitShape } from "@bufbuild/protobuf";
import { notifyManager } from "@tanstack/react-query";
import { act } from "@testing-library/react";
import type {
  ModelSchema,
  RecommendationListSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import type { ReactElement } from "react";
import { Route } from "wouter";
import { guestSession, SessionContext } from "../../../session/session-context.ts";
import { createFakeEnvironment, type FakeEnvironment } from "../../../test/fake-environment.ts";
import { renderApp } from "../../../test/render-app.tsx";
import { BookPage } from "../book-page/book-page.tsx";
import { BooksPage } from "../books-page.tsx";
import { createFakeBookshop, type FakeBookshop, fakeBooks } from "./fake-bookshop.ts";

/** The page in front of a fake server. */
export interface RenderedBooks {
  readonly shop: FakeBookshop;
  readonly environment: FakeEnvironment;
  readonly unmount: () => void;
  /** Lets what is ready run, and paints. */
  settle(): Promise<void>;
  /** Has the server send a list of books, by id, on the latest stream of recommendations. */
  recommend(ids: readonly number[], list?: MessageInitShape<typeof RecommendationListSchema>): Promise<void>;
  /** Has the server tell of the model, on the latest stream that follows it. */
  tellModel(model: MessageInitShape<typeof ModelSchema>): Promise<void>;
}

/** Renders the page of books as reader 7, for who has signed in where a session is given, and waits for its first books. */
export async function renderBooks(
  path = "/books",
  shop = createFakeBookshop(),
  session = guestSession,
): Promise<RenderedBooks> {
  return renderPage(
    <SessionContext value={session}>
      <BooksPage />
    </SessionContext>,
    path,
    shop,
  );
}

/** Renders the page of one book as reader 7, and waits for it. */
export async function renderBook(path: string, shop = createFakeBookshop()): Promise<RenderedBooks> {
  return renderPage(
    <Route path="/books/:id">
      <BookPage />
    </Route>,
    path,
    shop,
  );
}

async function renderPage(page: ReactElement, path: string, shop: FakeBookshop): Promise<RenderedBooks> {
  // Instead of a timer, which `settle` would have to wait for.
  notifyManager.setScheduler(queueMicrotask);
  const environment = createFakeEnvironment();
  const { unmount } = renderApp(page, { transport: shop.transport, path, environment });
  const settle = () =>
    act(async () => {
      // A call of the fake server and what React makes of it take a few turns.
      for (let turn = 0; turn < 10; turn++) await settled();
      environment.paint();
      await settled();
    });
  await act(loadParts);
  await settle();
  return {
    shop,
    environment,
    unmount,
    settle,
    async recommend(ids, list = {}) {
      const recommendations = ids.map((id) => ({
        book: fakeBooks[id - 1] ?? { id },
        reason: {
          summary: `Because you liked Book ${id + 1}`,
          influences: [{ bookId: id + 1, title: `Book ${id + 1}`, share: 0.75 }],
        },
      }));
      shop.lists.at(-1)?.stream.push({ update: { case: "list", value: { recommendations, ...list } } });
      await settle();
    },
    async tellModel(model) {
      shop.models.at(-1)?.stream.push({ model });
      await settle();
    },
  };
}

/** Loads what the page loads on demand, as it does by itself: the tests count turns, and not time. */
async function loadParts(): Promise<void> {
  await Promise.all([
    import("../beside-views.tsx"),
    import("../book/category-select.tsx"),
    import("../book-page/book-parts.tsx"),
    import("../catalogue/found-books.tsx"),
    import("../later-view.tsx"),
    import("../recommendations/recommendations-panel.tsx"),
  ]);
}

import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";

/** The views of the page, in the order of their tabs. On a wide screen the recommendations stand beside the others. */
export const views = ["catalogue", "for-you", "discover", "ratings", "orders"] as const;

/** A view of the page. */
export type View = (typeof views)[number];

/** What of the page's state lives in the URL, so that it can be shared and survives a reload. */
export interface BooksLocation {
  readonly view: View;
  /** The words searched for; empty for none. */
  readonly query: string;
  /** The id of the category browsed; empty for all. */
  readonly category: string;
  /** Changes what is given and leaves the rest. Another view is another entry of the browser's history, other words are not. */
  readonly change: (change: Partial<Pick<BooksLocation, "view" | "query" | "category">>) => void;
}

const names = { view: "view", query: "q", category: "category" } as const;

/** The page's state in the URL, as `?view=ratings&q=dune&category=fantasy`; what is not said is the default. */
export function useBooksLocation(): BooksLocation {
  const [params, setParams] = useSearchParams();
  const change = useCallback<BooksLocation["change"]>(
    (wanted) => {
      setParams(
        (last) => {
          const next = new URLSearchParams(last);
          for (const key of ["view", "query", "category"] as const) {
            const value = wanted[key];
            if (value === undefined) continue;
            if (value === "" || value === "catalogue") next.delete(names[key]);
            else next.set(names[key], value);
          }
          return next;
        },
        { replace: wanted.view === undefined },
      );
    },
    [setParams],
  );
  const view = views.find((one) => one === params.get(names.view)) ?? "catalogue";
  const query = params.get(names.query) ?? "";
  const category = params.get(names.category) ?? "";
  return useMemo(() => ({ view, query, category, change }), [view, query, category, change]);
}

import { EmptyState } from "../components/empty-state.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { AppLink } from "./app-link.tsx";
import classes from "./not-found-page.module.css";
import { placedPages } from "./pages.ts";

/** What stands at the top where there is no page. */
export const notFoundTitle = "There is no such page";

/** What is shown at an address without a page: every page that there is. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title={notFoundTitle} />
      <EmptyState title="There is nothing at this address. These pages exist:">
        {placedPages.map(({ path, label }) => (
          <AppLink key={path} href={path} className={classes.link}>
            {path === "/" ? "Go to the overview" : label}
          </AppLink>
        ))}
      </EmptyState>
    </>
  );
}

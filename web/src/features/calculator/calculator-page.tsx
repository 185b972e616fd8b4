import { Suspense } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { AppLink } from "../../shell/app-link.tsx";
import { PageSkeleton } from "../../shell/page-skeleton.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import classes from "./calculator-page.module.css";
import { ExpressionView } from "./expression-view.tsx";
import { isNotebookHash, notebookHash } from "./notebook/notebook-link.ts";
import { useHash } from "./notebook/use-hash.ts";

const NotebookView = lazyPart(async () => (await import("./notebook/notebook-view.tsx")).NotebookView, PartFailure);

/** The page of the calculator service: one expression, or a notebook of lines that know one another. */
export function CalculatorPage() {
  const isNotebook = isNotebookHash(useHash());
  return (
    <>
      <nav aria-label="Calculator" className={classes.views}>
        <AppLink href="/calculator" className={classes.view} aria-current={isNotebook ? undefined : "true"}>
          One expression
        </AppLink>
        <AppLink
          href={`/calculator${notebookHash}`}
          className={classes.view}
          aria-current={isNotebook ? "true" : undefined}
        >
          Notebook
        </AppLink>
      </nav>
      {isNotebook ? (
        <Suspense fallback={<PageSkeleton />}>
          <NotebookView />
        </Suspense>
      ) : (
        <ExpressionView />
      )}
    </>
  );
}

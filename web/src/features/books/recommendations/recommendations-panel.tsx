import { Button } from "@mantine/core";
import { EmptyState } from "../../../components/empty-state.tsx";
import { LiveStatus } from "../../../components/live-status.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { ChangeNote } from "./change-note.tsx";
import { withShown } from "./change-options.ts";
import { allBooks } from "./list-options.ts";
import { OptionsForm } from "./options-form.tsx";
import { RankingNote } from "./ranking-note.tsx";
import { RecommendationList } from "./recommendation-list.tsx";
import classes from "./recommendations-panel.module.css";
import { RecommendationsSkeleton } from "./recommendations-skeleton.tsx";
import type { Recommendations } from "./use-recommendations.ts";

/** What the reader may like, live: the list re-ranks by itself whenever a rating changes it. */
export function RecommendationsPanel({ recommendations: live }: { readonly recommendations: Recommendations }) {
  const { state, data: list, retry, options, setOptions, notForMe } = live;
  const ids = list.recommendations?.flatMap(({ book }) => book?.id ?? []) ?? [];
  return (
    <Panel title="Recommended for you" aside={<LiveStatus state={state} onRetry={retry} />}>
      <OptionsForm options={options} onChange={setOptions} notForMe={notForMe} />
      <ChangeNote list={list} />
      {state.kind === "failed" && <ErrorNotice error={state.error} onRetry={retry} />}
      <RankingNote list={list} />
      {list.recommendations === undefined ? (
        state.kind !== "failed" && <RecommendationsSkeleton />
      ) : list.recommendations.length === 0 ? (
        <EmptyState
          title="Nothing left to recommend"
          action={
            options !== allBooks && (
              <Button variant="default" onClick={() => setOptions(allBooks)}>
                Recommend from all books
              </Button>
            )
          }
        >
          You have rated or put aside every book that matches.
        </EmptyState>
      ) : (
        <>
          <RecommendationList
            list={list}
            recommendations={list.recommendations}
            onNotForMe={({ id }) => notForMe.add(id)}
          />
          <div className={classes.more}>
            <Button variant="default" size="compact-sm" onClick={() => setOptions(withShown(options, ids))}>
              Show others
            </Button>
            {options.shown.length > 0 && (
              <Button variant="subtle" size="compact-sm" onClick={() => setOptions({ ...options, shown: [] })}>
                Back to the best
              </Button>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}

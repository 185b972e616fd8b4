import { EmptyState } from "../../../components/empty-state.tsx";
import { LiveStatus } from "../../../components/live-status.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { CategorySelect } from "../book/category-select.tsx";
import { ChangeNote } from "./change-note.tsx";
import { RankingNote } from "./ranking-note.tsx";
import { RecommendationList } from "./recommendation-list.tsx";
import classes from "./recommendations-panel.module.css";
import { RecommendationsSkeleton } from "./recommendations-skeleton.tsx";
import type { Recommendations } from "./use-recommendations.ts";

/** What the reader may like, live: the list re-ranks by itself whenever a rating changes it. */
export function RecommendationsPanel({ recommendations: live }: { readonly recommendations: Recommendations }) {
  const { state, data: list, retry, category, setCategory } = live;
  return (
    <Panel title="Recommended for you" aside={<LiveStatus state={state} onRetry={retry} />}>
      <CategorySelect label="Recommend from" value={category} onChange={setCategory} className={classes.category} />
      <ChangeNote list={list} />
      {state.kind === "failed" && <ErrorNotice error={state.error} onRetry={retry} />}
      <RankingNote list={list} />
      {list.recommendations === undefined ? (
        state.kind !== "failed" && <RecommendationsSkeleton />
      ) : list.recommendations.length === 0 ? (
        <EmptyState title="Nothing left to recommend">You have rated every book of this category.</EmptyState>
      ) : (
        <RecommendationList list={list} recommendations={list.recommendations} />
      )}
    </Panel>
  );
}

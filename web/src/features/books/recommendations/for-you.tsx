import { Skeleton } from "@mantine/core";
import { Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import classes from "./for-you.module.css";
import { RecommendationsPanel } from "./recommendations-panel.tsx";
import type { Recommendations } from "./use-recommendations.ts";

// Where it cannot be loaded, the recommendations still can be seen.
const ModelPanel = lazyPart(
  async () => (await import("../model/model-panel.tsx")).ModelPanel,
  () => null,
);

/** What the reader may like, and the model that says so. */
export function ForYou({ recommendations }: { readonly recommendations: Recommendations }) {
  return (
    <div className={classes.column}>
      <Suspense fallback={<Skeleton height="5.5rem" />}>
        <ModelPanel />
      </Suspense>
      <RecommendationsPanel recommendations={recommendations} />
    </div>
  );
}

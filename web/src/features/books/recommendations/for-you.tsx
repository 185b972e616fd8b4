import { Skeleton } from "@mantine/core";
import { Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { preloadable } from "../../../components/preloadable.ts";
import classes from "./for-you.module.css";
import type { Recommendations } from "./use-recommendations.ts";

// Where it cannot be loaded, the recommendations still can be seen.
const ModelPanel = lazyPart(
  async () => (await import("../model/model-panel.tsx")).ModelPanel,
  () => null,
);

// The catalogue beside them is there first. Where they cannot be loaded, they fail visibly.
const { Component: RecommendationsPanel, preload } = preloadable(
  async () => (await import("./recommendations-panel.tsx")).RecommendationsPanel,
);
void preload();

/** What the reader may like, and the model that says so. */
export function ForYou({ recommendations }: { readonly recommendations: Recommendations }) {
  return (
    <div className={classes.column}>
      <Suspense fallback={<Skeleton height="5.5rem" />}>
        <ModelPanel />
      </Suspense>
      <Suspense fallback={<Skeleton height="40rem" />}>
        <RecommendationsPanel recommendations={recommendations} />
      </Suspense>
    </div>
  );
}

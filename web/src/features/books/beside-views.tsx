import type { Model } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { KeepScroll, type KeepScrollProps } from "./keep-scroll.ts";
import { FreshCatalogue } from "./model/fresh-catalogue.ts";

/** What is scrolled, and what the model learned from. */
export interface BesideViewsProps extends KeepScrollProps {
  readonly model: Model | undefined;
}

/** What the views of books go on with once they are there: `KeepScroll` and `FreshCatalogue`. Shows nothing. */
export function BesideViews({ model, ...scroll }: BesideViewsProps) {
  return (
    <>
      <FreshCatalogue model={model} />
      <KeepScroll {...scroll} />
    </>
  );
}

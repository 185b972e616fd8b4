import { createConnectQueryKey } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { type Model, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useEffect, useRef } from "react";

const { listBooks, listCategories } = RecommendationService.method;
const books = createConnectQueryKey({ schema: listBooks, cardinality: "finite" });
const categories = createConnectQueryKey({ schema: listCategories, cardinality: "finite" });

/** Asks for books and categories again when the model has learned from another catalogue, as it does after an import. Shows nothing. */
export function FreshCatalogue({ model }: { readonly model: Model | undefined }): null {
  const queries = useQueryClient();
  const known = useRef<string>(undefined);
  const catalogue = model?.data === undefined ? undefined : `${model.data.source} of ${model.data.books}`;
  useEffect(() => {
    const before = known.current;
    if (catalogue === undefined) return;
    known.current = catalogue;
    if (before === undefined || before === catalogue) return;
    void queries.resetQueries({ queryKey: ["paged", ...books] });
    void queries.invalidateQueries({ queryKey: categories });
  }, [catalogue, queries]);
  return null;
}

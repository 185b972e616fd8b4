import type { ServiceImpl } from "@connectrpc/connect";
import { BookCategory, type Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { InvalidInput, NotFound } from "../../domain/errors.ts";
import { type ReaderNumbers, readerOfCaller } from "../../domain/reader-of-caller.ts";
import { callerKey } from "../caller-key.ts";
import type { CategoryId } from "../recommendation/domain/categories.ts";
import { type RecommendationSources, recommendFor } from "../recommendation/domain/recommend-for.ts";

const categoryIds: ReadonlyMap<number, CategoryId> = new Map([
  [BookCategory.MYSTERY, "mystery"],
  [BookCategory.SCIENCE_FICTION, "science-fiction"],
  [BookCategory.SELF_HELP, "self-help"],
]);

/** Recommends books through the contract that existing clients speak, by the same ratings and the same ranking. */
export function createLegacyRecommendationsService(
  sources: RecommendationSources & { readonly readers: ReaderNumbers },
): ServiceImpl<typeof Recommendations> {
  return {
    async recommend({ userId: named, category, maxResults }, { values }) {
      const categoryId = categoryIds.get(category);
      if (categoryId === undefined) throw new NotFound("Category not found");
      if (maxResults < 0) {
        throw new InvalidInput({ field: "max_results", description: `must not be negative: got ${maxResults}` });
      }
      const userId = await readerOfCaller(values.get(callerKey), named, sources.readers);
      const { recommendations } = await recommendFor(sources, { userId, category: categoryId, limit: maxResults });
      return { recommendations: recommendations.map(({ book: { id, title } }) => ({ id, title })) };
    },
  };
}

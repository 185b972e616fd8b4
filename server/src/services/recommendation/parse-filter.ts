import type {
  RecommendRequest,
  WatchRecommendationsRequest,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { outsideRange, type Violations } from "../../domain/violations.ts";
import type { ListFilter } from "./domain/list-filter.ts";
import { notAnId } from "./domain/validate.ts";

const MOST_CATEGORIES = 20;
const MOST_BOOKS = 1_000;
const FIRST_YEAR = -5_000;
const LAST_YEAR = 9_999;

/** What the books of a list have to be; adds what is wrong with the fields of the request. */
export function parseFilter(
  request: RecommendRequest | WatchRecommendationsRequest,
  violations: Violations,
): ListFilter {
  const { categories, excludedBookIds, shownBookIds, minYear, excludeRated = true } = request;
  if (categories.length > MOST_CATEGORIES) {
    violations.add("categories", `must be at most ${MOST_CATEGORIES} categories: got ${categories.length}`);
  }
  const nameless = categories.indexOf("");
  if (nameless >= 0) violations.add(`categories[${nameless}]`, 'must be the id of a category: got ""');
  checkIds("excluded_book_ids", excludedBookIds, violations);
  checkIds("shown_book_ids", shownBookIds, violations);
  if (minYear !== undefined) violations.addAll(outsideRange("min_year", minYear, FIRST_YEAR, LAST_YEAR));
  return {
    categories,
    excluded: new Set(excludedBookIds),
    shown: new Set(shownBookIds),
    minYear,
    excludeRated,
  };
}

function checkIds(field: string, ids: readonly number[], violations: Violations): void {
  if (ids.length > MOST_BOOKS) {
    violations.add(field, `must be at most ${MOST_BOOKS} books: got ${ids.length}`);
    return;
  }
  for (const [index, id] of ids.entries()) violations.addAll(notAnId(`${field}[${index}]`, id));
}

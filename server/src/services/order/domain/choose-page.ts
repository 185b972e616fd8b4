import { createPageToken, readPageToken } from "../../../domain/page-token.ts";
import { quoted } from "../../../domain/quoted.ts";
import { createViolations } from "../../../domain/violations.ts";
import type { OrderCursor } from "./order-store.ts";

const DEFAULT_SIZE = 24;
const MAX_SIZE = 100;
const scope = ["orders"];

/** Which page of orders a client asks for, unchecked: size 0 means 24, an empty token the first page. */
export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken: string;
}

/** The page of a store that a client asks for. InvalidInput for a size outside 0 to 100, or a token never handed out. */
export function choosePage({ pageSize, pageToken }: PageRequest): { limit: number; before: OrderCursor | undefined } {
  const violations = createViolations();
  if (!Number.isInteger(pageSize) || pageSize < 0 || pageSize > MAX_SIZE) {
    violations.add("page_size", `must be 1 to ${MAX_SIZE}, or 0 for ${DEFAULT_SIZE}: got ${pageSize}`);
  }
  const before = pageToken === "" ? undefined : readCursor(pageToken);
  if (pageToken !== "" && before === undefined) {
    violations.add("page_token", `must be the next_page_token of a page before: got ${quoted(pageToken)}`);
  }
  violations.throwIfAny();
  return { limit: pageSize === 0 ? DEFAULT_SIZE : pageSize, before };
}

function readCursor(pageToken: string): OrderCursor | undefined {
  const [cursor = 0, ...others] = readPageToken(pageToken, scope) ?? [];
  return cursor >= 1 && others.length === 0 ? cursor : undefined;
}

/** The token of the page that starts after an order; empty where there is no other page. */
export function nextPageToken(cursor: OrderCursor | undefined): string {
  return cursor === undefined ? "" : createPageToken(scope, [cursor]);
}

import { InvalidInput } from "../../../domain/errors.ts";
import { readPageToken } from "../../../domain/page-token.ts";

/** The position of a token; undefined for the empty token. InvalidInput unless it was made for this scope. */
export function parsePageToken(token: string, scope: readonly string[]): readonly number[] | undefined {
  if (token === "") return undefined;
  const position = readPageToken(token, scope);
  if (position !== undefined) return position;
  throw new InvalidInput({
    field: "page_token",
    description: "must be empty or the next_page_token of the page before, with the same other fields",
  });
}

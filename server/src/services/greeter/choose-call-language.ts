import type { HandlerContext } from "@connectrpc/connect";
import { chooseLanguage } from "./domain/choose-language.ts";
import type { SpokenTag } from "./domain/greeting-patterns.ts";

/**
 * Chooses the language that a request names, or where it names none the one that the metadata of its call prefers.
 * InvalidInput for the field `language` when it is not a BCP 47 tag.
 */
export function chooseCallLanguage(
  language: string,
  { requestHeader }: Pick<HandlerContext, "requestHeader">,
): SpokenTag {
  return chooseLanguage(language, requestHeader.get("accept-language"));
}

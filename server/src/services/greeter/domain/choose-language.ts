import { LRUCache } from "lru-cache";
import { InvalidInput } from "../../../domain/errors.ts";
import { quoted } from "../../../domain/quoted.ts";
import { isSpokenTag, type SpokenTag } from "./greeting-patterns.ts";
import { parseLanguageTag } from "./language-tag.ts";
import { nearestSpoken } from "./nearest-language.ts";
import { preferredLanguage } from "./preferred-language.ts";

const DEFAULT_LANGUAGE = "en" satisfies SpokenTag;

/** How much of a tag that cannot be read is shown to its sender, in code points. */
const SHOWN_LENGTH = 40;

/**
 * Chooses the language to greet in: the one nearest to the tag; where the tag is empty, nearest to what the
 * `accept-language` header prefers; else English. InvalidInput for the field `language` when the tag is not
 * a well-formed BCP 47 tag. A header that cannot be read is no error: people rarely write it themselves.
 */
export function chooseLanguage(tag: string, acceptLanguage: string | null): SpokenTag {
  if (tag === "") return acceptLanguage === null ? DEFAULT_LANGUAGE : rememberedPreference(acceptLanguage);
  if (isSpokenTag(tag)) return tag;
  const locales = parseLanguageTag(tag);
  if (locales.length === 0) {
    const got = quoted(tag, SHOWN_LENGTH);
    throw new InvalidInput({ field: "language", description: `must be a BCP 47 tag such as "pt-BR": got ${got}` });
  }
  return nearestSpoken(locales) ?? DEFAULT_LANGUAGE;
}

/** How many headers are remembered: browsers send few different ones, but may send anything. */
const MAX_REMEMBERED = 256;
/** The longest header that is remembered, in UTF-16 units. */
const MAX_REMEMBERED_LENGTH = 200;

const remembered = new LRUCache<string, SpokenTag>({ max: MAX_REMEMBERED });

function rememberedPreference(acceptLanguage: string): SpokenTag {
  const known = remembered.get(acceptLanguage);
  if (known !== undefined) return known;
  const found = preferredLanguage(acceptLanguage);
  if (acceptLanguage.length <= MAX_REMEMBERED_LENGTH) remembered.set(acceptLanguage, found);
  return found;
}

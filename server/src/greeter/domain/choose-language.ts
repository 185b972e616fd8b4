import { InvalidInput } from "../../domain/errors.ts";
import { quoted } from "../../domain/quoted.ts";
import { parseAcceptLanguage } from "./accept-language.ts";
import { isSpokenTag, type SpokenTag } from "./greeting-patterns.ts";
import { parseLanguageTag } from "./language-tag.ts";
import { nearestLanguage } from "./nearest-language.ts";

const DEFAULT_LANGUAGE = "en" satisfies SpokenTag;

/** How much of a tag that cannot be read is shown to whoever sent it, in UTF-16 units. */
const SHOWN_LENGTH = 40;

/**
 * Chooses the language to greet in: the one nearest to the tag; where the tag is empty, nearest to the first range of
 * the `accept-language` header that is spoken; else English. InvalidInput for the field `language` when the tag is not
 * a well-formed BCP 47 tag. A header that cannot be read is no error: people rarely write it themselves.
 */
export function chooseLanguage(tag: string, acceptLanguage: string | null): SpokenTag {
  if (tag === "") return preferredLanguage(acceptLanguage ?? "") ?? DEFAULT_LANGUAGE;
  if (isSpokenTag(tag)) return tag;
  const locale = parseLanguageTag(tag);
  if (locale === undefined) {
    const got = quoted(tag.slice(0, SHOWN_LENGTH), SHOWN_LENGTH);
    throw new InvalidInput({ field: "language", description: `must be a BCP 47 tag such as "pt-BR": got ${got}` });
  }
  return nearestLanguage(locale) ?? DEFAULT_LANGUAGE;
}

/** How many headers are remembered: browsers send few different ones, but may send anything. */
const MAX_REMEMBERED = 256;
/** The longest header that is remembered, in UTF-16 units. */
const MAX_REMEMBERED_LENGTH = 200;

const remembered = new Map<string, SpokenTag | undefined>();

function preferredLanguage(acceptLanguage: string): SpokenTag | undefined {
  const known = remembered.get(acceptLanguage);
  if (known !== undefined || remembered.has(acceptLanguage)) return known;
  const found = findPreferred(acceptLanguage);
  if (remembered.size < MAX_REMEMBERED && acceptLanguage.length <= MAX_REMEMBERED_LENGTH) {
    remembered.set(acceptLanguage, found);
  }
  return found;
}

function findPreferred(acceptLanguage: string): SpokenTag | undefined {
  for (const range of parseAcceptLanguage(acceptLanguage)) {
    if (range === "*") return DEFAULT_LANGUAGE;
    const locale = parseLanguageTag(range);
    const language = locale && nearestLanguage(locale);
    if (language !== undefined) return language;
  }
  return undefined;
}

import { GRANDFATHERED_TAGS } from "./grandfathered-tags.ts";

/** The longest tag that is looked at; the longest that anyone registered is a third of it. */
const MAX_TAG_LENGTH = 100;

/**
 * Language subtag, then the extended language subtags that `Intl.Locale` does not take: `zh-yue`. The first of them is the language meant;
 * the others are reserved and name nothing.
 */
const EXTENDED = /^([a-z]{2,3})-([a-z]{3})(?:-[a-z]{3}){0,2}(?=-|$)/i;

/** The languages that the registry has extended language subtags for. Each of those is a language subtag, too. */
const EXTENDABLE: ReadonlySet<string> = new Set(["ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"]);

/** Private use: well-formed, and naming a language only among those who agreed on it. */
const PRIVATE = /^x(?:-[a-z0-9]{1,8})+$/i;

/**
 * Reads a BCP 47 tag into its canonical locale by CLDR, followed by the more general ones that it names: `zh-yue-HK` is read as `yue-HK` and
 * then `zh-HK`, as RFC 5646 (4.5) and RFC 4647 (3.4) have it. Empty when the tag is not well-formed or longer than 100 characters;
 * private tags read as `mis`, no known language.
 */
export function parseLanguageTag(tag: string): readonly Intl.Locale[] {
  if (tag.length > MAX_TAG_LENGTH) return [];
  if (PRIVATE.test(tag)) return [new Intl.Locale("mis")];
  const whole = localeOf(GRANDFATHERED_TAGS.get(tag.toLowerCase()) ?? tag);
  return whole === undefined ? parseExtended(tag) : [whole];
}

function parseExtended(tag: string): readonly Intl.Locale[] {
  const [extended, prefix = ""] = EXTENDED.exec(tag) ?? [];
  if (extended === undefined) return [];
  const readings = EXTENDABLE.has(prefix.toLowerCase()) ? ["$2", "$1"] : ["$1"];
  return readings.flatMap((reading) => localeOf(tag.replace(EXTENDED, reading)) ?? []);
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    // A RangeError is the only way Intl has to say that a tag is not well-formed.
    return undefined;
  }
}

/** The longest tag that is looked at; the longest that anyone registered is a third of it. */
const MAX_TAG_LENGTH = 100;

/** Language subtag, then the extended language subtags that `Intl.Locale` does not take: `zh-yue`, `zh-min-nan`. */
const EXTENDED = /^([a-z]{2,3})(?:-[a-z]{3}){1,3}(?=-|$)/i;

/** Private use and grandfathered tags: well-formed, and naming a language only among those who agreed on it. */
const PRIVATE = /^[ix](?:-[a-z0-9]{1,8})+$/i;

/**
 * Reads a BCP 47 tag into its canonical locale; undefined when it is not well-formed or longer than 100 characters.
 * Extended language subtags are dropped (`zh-yue-HK` reads as `zh-HK`); private tags read as `mis`, no known language.
 */
export function parseLanguageTag(tag: string): Intl.Locale | undefined {
  if (tag.length > MAX_TAG_LENGTH) return undefined;
  if (PRIVATE.test(tag)) return new Intl.Locale("mis");
  return localeOf(tag) ?? localeOf(tag.replace(EXTENDED, "$1"));
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    // A RangeError is the only way Intl has to say that a tag is not well-formed.
    return undefined;
  }
}

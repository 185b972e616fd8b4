import { parseAcceptLanguage } from "./accept-language.ts";
import { isSpokenTag, SPOKEN_TAGS, type SpokenTag } from "./greeting-patterns.ts";
import { parseLanguageTag } from "./language-tag.ts";
import { nearestSpoken } from "./nearest-language.ts";

/** What is spoken to a caller who takes any language: first those that most people read. */
const TO_ANYONE: readonly SpokenTag[] = ["en", "es", "zh-Hans", "hi", "ar", "fr", ...SPOKEN_TAGS];

/**
 * Chooses the language that an `accept-language` header prefers (RFC 9110, 12.5.4): the one nearest to the first range that is near one. `*`
 * stands for every language that no other range names. A language with the weight 0 is chosen only where a more specific range asks for
 * it. Where nothing that is asked for is spoken, it is the first language that is not refused; English when all are.
 */
export function preferredLanguage(acceptLanguage: string): SpokenTag {
  const ranges = parseAcceptLanguage(acceptLanguage);
  const [wanted, refused] = [ranges.wanted.map(readRange), ranges.refused.map(readRange)];
  for (const range of wanted) {
    const language =
      range.text === "*" ? toAnyone([...wanted, ...refused].filter(isNamed)) : acceptable(range, refused);
    if (language !== undefined) return language;
  }
  return toAnyone(refused) ?? "en";
}

interface Range {
  readonly text: string;
  readonly locales: readonly Intl.Locale[];
  /** As it is written and in canonical form, in lower case. */
  readonly forms: readonly string[];
}

function readRange(text: string): Range {
  const locales = parseLanguageTag(text);
  return { text, locales, forms: [text, ...locales.map(String)].map((form) => form.toLowerCase()) };
}

function isNamed({ text }: Range): boolean {
  return text !== "*";
}

/** The first language that none of the ranges names. */
function toAnyone(ranges: readonly Range[]): SpokenTag | undefined {
  return TO_ANYONE.find((tag) => !ranges.some((range) => matches(range, tag)));
}

function acceptable(range: Range, refused: readonly Range[]): SpokenTag | undefined {
  const tag = isSpokenTag(range.text) ? range.text : nearestSpoken(range.locales);
  if (tag === undefined) return undefined;
  const isRefused = refused.some((other) => isNamed(other) && matches(other, tag) && !matches(other, range.text));
  return isRefused ? undefined : tag;
}

/** Whether a range stands for a language: it is `*`, the whole of its tag or the beginning of it. */
function matches({ forms }: Range, tag: string): boolean {
  const inner = tag.toLowerCase();
  return forms.some((outer) => outer === "*" || inner === outer || inner.startsWith(`${outer}-`));
}

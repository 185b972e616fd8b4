import { SPOKEN_TAGS, type SpokenTag } from "./greeting-patterns.ts";

/** Languages the greeter does not speak, whose readers read one that it does in the same script. */
const READ_BY: ReadonlyMap<string, string> = new Map([
  ["no", "nb"],
  ["nn", "nb"],
  ["gsw", "de"],
  ["lb", "de"],
  ["bs", "hr"],
  ...["cdo", "cjy", "czh", "gan", "hak", "hsn", "nan", "wuu", "yue"].map((tag) => [tag, "zh"] as const),
  ...["acm", "acw", "aeb", "afb", "apc", "apd", "arq", "ars", "ary", "arz"].map((tag) => [tag, "ar"] as const),
]);

const byScript = new Map<string, SpokenTag>();
const byRegion = new Map<string, SpokenTag>();
for (const tag of SPOKEN_TAGS) {
  const { language, script, region } = new Intl.Locale(tag);
  const written = `${language}-${script ?? new Intl.Locale(tag).maximize().script}`;
  if (region === undefined) byScript.set(written, tag);
  else byRegion.set(`${written}-${region}`, tag);
}

/** Finds the spoken language nearest to the first of some locales that is near one. */
export function nearestSpoken(locales: readonly Intl.Locale[]): SpokenTag | undefined {
  for (const locale of locales) {
    const language = nearestLanguage(locale);
    if (language !== undefined) return language;
  }
  return undefined;
}

/**
 * Finds the spoken language nearest to a locale: the same language in the same script, the variety of the region where
 * one is spoken (`pt-BR`), else the general one (`pt-PT` gives `pt`). A script that is not said is the likely one
 * (`zh-TW` gives `zh-Hant`). Undefined where none is near: another script is not, for it may not be readable.
 */
function nearestLanguage(locale: Intl.Locale): SpokenTag | undefined {
  const likely = locale.maximize();
  const written = `${READ_BY.get(likely.language) ?? likely.language}-${likely.script}`;
  return byRegion.get(`${written}-${locale.region}`) ?? byScript.get(written);
}

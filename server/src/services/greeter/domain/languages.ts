import { SPOKEN_TAGS, type SpokenTag } from "./greeting-patterns.ts";

/** A language the greeter speaks, as people choose it from a list. */
export interface Language {
  readonly tag: SpokenTag;
  /** Its own name for itself. */
  readonly name: string;
  readonly englishName: string;
  readonly rightToLeft: boolean;
}

const RIGHT_TO_LEFT_SCRIPTS: ReadonlySet<string | undefined> = new Set(["Arab", "Hebr"]);

/** Where the name that Intl has is the country's, or says more than a list of these languages needs. */
const OWN_NAMES: { readonly [tag in SpokenTag]?: string } = { id: "Bahasa Indonesia", ms: "Bahasa Melayu" };

const inEnglish = new Intl.DisplayNames("en", { type: "language" });

/** All languages the greeter speaks, sorted by tag. */
export const LANGUAGES: readonly Language[] = SPOKEN_TAGS.map((tag) => ({
  tag,
  name: OWN_NAMES[tag] ?? new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag,
  englishName: inEnglish.of(tag) ?? tag,
  rightToLeft: RIGHT_TO_LEFT_SCRIPTS.has(new Intl.Locale(tag).maximize().script),
}));

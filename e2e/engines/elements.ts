// XPath of what a page shows, by what a person or a screen reader knows it as.

/** The part of a page that has a heading of that name. */
export const region = (name: string) => `//section[.//*[self::h2 or self::h3][normalize-space()="${name}"]]`;

/** A button or link by its text or label. */
export const button = (name: string) =>
  `//*[self::button or self::a][normalize-space()="${name}" or @aria-label="${name}"]`;

/** A field by its label, which can say more beside that. */
export const field = (label: string) =>
  `//*[self::input or self::textarea][@id=//label[.//text()[normalize-space()="${label}"]]/@for or @aria-label="${label}"]`;

/** What has that label for a screen reader. */
export const labelled = (label: string) => `//*[@aria-label="${label}"]`;

/** A choice of stars for a book, as one clicks it. */
export const stars = (title: string, count: number) =>
  `${labelled(`Your rating of ${title}`)}//label[input[@aria-label="${count} stars"]]`;

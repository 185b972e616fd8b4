/** The year of a book for people: `1965`, `750 BCE` for one before the common era, undefined for 0, which is not known. */
export function publicationYear(year: number): string | undefined {
  if (year === 0) return undefined;
  return year < 0 ? `${-year} BCE` : String(year);
}

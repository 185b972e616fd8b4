/** Something that the palette finds and does. */
export interface Entry {
  /** Different for all entries. */
  readonly id: string;
  readonly group: "Pages" | "Methods" | "Books" | "Protocol" | "Theme" | "Actions";
  readonly label: string;
  /** What stands beside it, in fewer words than a sentence; it is searched, too. */
  readonly note?: string;
  readonly run: () => void;
}

/** The entries that have all words of the query in label, note or group, whatever the case; those that begin with it come first. */
export function findEntries(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return entries;
  const start = words.join(" ");
  const rank = ({ label }: Entry) => (label.toLowerCase().startsWith(start) ? 0 : 1);
  return entries
    .filter(({ label, note = "", group }) => {
      const text = `${label} ${note} ${group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}

/** The entries in the order in which they are shown: by group, each where its first entry stands. */
export function groupEntries(entries: readonly Entry[]): readonly (readonly [Entry["group"], readonly Entry[]])[] {
  return [...Map.groupBy(entries, ({ group }) => group)];
}

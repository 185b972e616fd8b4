/** How far a view is scrolled. */
export interface KeptScroll {
  /** What the view showed, such as the words searched for. */
  readonly place: string;
  /** From the top of the page, in pixels. */
  readonly top: number;
}

/** How far views are scrolled, by view, for as long as the tab is open. */
export interface KeptScrolls {
  get(view: string): KeptScroll | undefined;
  set(view: string, scroll: KeptScroll): void;
}

const prefix = "triptych-scroll-";

/** Keeps how far views are scrolled in a storage. Where nothing can be stored, nothing is kept. */
export function createKeptScrolls(storage: () => Pick<Storage, "getItem" | "setItem">): KeptScrolls {
  return {
    get(view) {
      try {
        const [, top, place] = /^(\d+) (.*)$/s.exec(storage().getItem(prefix + view) ?? "") ?? [];
        return top === undefined || place === undefined ? undefined : { place, top: Number(top) };
      } catch {
        return undefined;
      }
    },
    set(view, { place, top }) {
      try {
        storage().setItem(prefix + view, `${Math.round(top)} ${place}`);
      } catch {
        // No storage, or none left: the view starts at its top the next time.
      }
    },
  };
}

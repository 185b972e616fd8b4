import type { KeptStorage } from "../../storage/kept-storage.ts";

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

/** Keeps how far views are scrolled in a storage. Where that keeps nothing, views start at their top. */
export function createKeptScrolls(storage: Pick<KeptStorage, "getItem" | "setItem">): KeptScrolls {
  return {
    get(view) {
      const [, top, place] = /^(\d+) (.*)$/s.exec(storage.getItem(prefix + view) ?? "") ?? [];
      return top === undefined || place === undefined ? undefined : { place, top: Number(top) };
    },
    set(view, { place, top }) {
      storage.setItem(prefix + view, `${Math.round(top)} ${place}`);
    },
  };
}

import type { Cancel } from "./stream-environment.ts";

/** Whether a page can be seen. */
export interface PageVisibility {
  /** False while the page is in the background, and once it was left, even when the browser keeps it to come back to. */
  isVisible(): boolean;
  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): Cancel;
}

/** Watches from now on whether a page can be seen. */
export function createPageVisibility(page: Window): PageVisibility {
  // Not every browser says that a page it leaves is hidden before it freezes the page with all that it holds.
  let isLeft = false;
  page.addEventListener("pagehide", () => {
    isLeft = true;
  });
  page.addEventListener("pageshow", () => {
    isLeft = false;
  });
  return {
    isVisible: () => !isLeft && page.document.visibilityState === "visible",
    onChange(listener) {
      page.document.addEventListener("visibilitychange", listener);
      page.addEventListener("pagehide", listener);
      page.addEventListener("pageshow", listener);
      return () => {
        page.document.removeEventListener("visibilitychange", listener);
        page.removeEventListener("pagehide", listener);
        page.removeEventListener("pageshow", listener);
      };
    },
  };
}

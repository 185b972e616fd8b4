import type { Page } from "@playwright/test";

/** A page of the app or one view of it, and how to know that it is there. */
export interface AppView {
  readonly name: string;
  readonly path: string;
  /** Resolves when nothing more comes by itself; given where the view is tested for jumps while it comes. */
  readonly arrived?: (page: Page) => Promise<void>;
  /** Brings everything onto the page that it can show, and resolves when nothing more is on its way. */
  readonly settled: (page: Page) => Promise<void>;
}

/** Resolves when so many streams of the page are live. */
export async function whenLive(page: Page, streams: number): Promise<void> {
  await page
    .getByText(/^live$/)
    .nth(streams - 1)
    .waitFor();
}

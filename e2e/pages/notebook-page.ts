import type { Locator, Page } from "@playwright/test";
import type { Protocol } from "../protocol.ts";

/** The notebook of the calculator. */
export class NotebookPage {
  readonly lines: Locator;
  /** What comes of each line, an item for each. */
  readonly results: Locator;
  /** What the line with the caret comes to, in full. */
  readonly currentLine: Locator;
  readonly plot: Locator;
  readonly plotStatus: Locator;
  readonly #page: Page;
  readonly #protocol: Protocol;

  constructor(page: Page, protocol: Protocol) {
    this.#page = page;
    this.#protocol = protocol;
    this.lines = page.getByRole("textbox", { name: "Lines" });
    this.results = page.getByRole("list", { name: "Results" }).getByRole("listitem");
    this.currentLine = page.getByRole("status", { name: "Current line" });
    this.plot = page.getByRole("region", { name: "Plot" });
    this.plotStatus = page.getByRole("status", { name: "Plot status" });
  }

  async open(hash = "#notebook"): Promise<void> {
    await this.#page.goto(`/calculator?protocol=${this.#protocol}${hash}`);
  }

  /** The drawing once it is whole. */
  drawing(name: RegExp): Locator {
    return this.plot.getByRole("img", { name });
  }
}

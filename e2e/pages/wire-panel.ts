import type { Locator, Page } from "@playwright/test";

/** The panel that shows the calls of a page as they cross the wire. */
export class WirePanel {
  readonly toggle: Locator;
  readonly region: Locator;
  /** The calls, the latest last. */
  readonly calls: Locator;
  readonly filter: Locator;
  readonly pause: Locator;
  readonly resume: Locator;
  readonly clear: Locator;
  /** Save the calls of the list as a file. */
  readonly saveHar: Locator;
  readonly saveJson: Locator;
  /** The tab of the frames of the call that is shown, with their number. */
  readonly framesTab: Locator;
  readonly headersTab: Locator;
  readonly timelineTab: Locator;
  /** The frames of the call that is shown, in the order in which they crossed. */
  readonly frames: Locator;
  /** The call that is shown, whole. */
  readonly panel: Locator;

  constructor(page: Page) {
    this.toggle = page.getByRole("button", { name: "Wire", exact: true });
    this.region = page.getByRole("region", { name: "Wire", exact: true });
    this.calls = this.region.getByRole("grid", { name: "Calls" }).getByRole("row").and(page.locator("[aria-selected]"));
    this.filter = this.region.getByRole("searchbox", { name: "Filter calls" });
    this.pause = this.region.getByRole("button", { name: "Pause" });
    this.resume = this.region.getByRole("button", { name: "Resume" });
    this.clear = this.region.getByRole("button", { name: "Clear" });
    this.saveHar = this.region.getByRole("button", { name: "Save as HAR" });
    this.saveJson = this.region.getByRole("button", { name: "Save as JSON" });
    this.framesTab = this.region.getByRole("tab", { name: /^Frames \(\d+\)$/ });
    this.headersTab = this.region.getByRole("tab", { name: "Headers" });
    this.timelineTab = this.region.getByRole("tab", { name: "Timeline" });
    this.frames = this.region
      .getByRole("region", { name: "Frames" })
      .getByRole("list")
      .first()
      .locator("> li[data-direction]");
    this.panel = this.region.getByRole("region", { name: /^Call / });
  }

  async open(): Promise<void> {
    await this.toggle.click();
    await this.region.waitFor();
  }

  /** The calls of a method, such as `SayHello`, latest last. */
  callsOf(method: string): Locator {
    return this.calls.filter({ hasText: new RegExp(`${method} `) });
  }

  /** The steps of the call that is shown whose names have this text, of both halves. */
  steps(name: string | RegExp): Locator {
    return this.region
      .getByRole("region", { name: "Timeline" })
      .getByRole("row")
      .filter({
        has: this.region.page().getByRole("rowheader", { name, exact: true }),
      });
  }

  /** Shows the latest call of a method in full. */
  async show(method: string): Promise<void> {
    await this.callsOf(method).last().click();
    await this.panel.waitFor();
  }
}

import type { Locator, Page } from "@playwright/test";

/** What is around every page. */
export class Shell {
  readonly page: Page;
  readonly heading: Locator;
  readonly navigation: Locator;
  readonly readerButton: Locator;
  readonly readerDialog: Locator;
  readonly colorScheme: Locator;
  readonly notices: Locator;
  readonly alerts: Locator;
  /** The line at the foot that says what calls go over. */
  readonly protocolNote: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole("heading", { level: 1 });
    this.navigation = page.getByRole("navigation", { name: "Pages" });
    this.readerButton = page.getByRole("button", { name: "Guest reader" });
    this.readerDialog = page.getByRole("dialog", { name: "Reader" });
    this.colorScheme = page.getByRole("button", { name: /^Colour scheme/ });
    this.notices = page.getByRole("region", { name: "Notices" });
    this.alerts = page.getByRole("alert");
    this.protocolNote = page.getByText(/^Every call from this page goes over/);
  }

  /** Follows the navigation to a page, by its name there, and waits for its heading. */
  async goTo(name: string): Promise<void> {
    await this.navigation.getByRole("link", { name }).click();
    await this.page.getByRole("heading", { level: 1, name }).waitFor();
  }

  protocolOption(label: string): Locator {
    return this.page.getByRole("group", { name: "Protocol" }).getByRole("radio", { name: label, exact: true });
  }

  async chooseProtocol(label: string): Promise<void> {
    await this.protocolOption(label).check();
  }

  /** The reader that the page acts as. */
  async readerId(): Promise<number> {
    return Number(/\d+/.exec((await this.readerButton.getAttribute("title")) ?? "")?.[0]);
  }

  /** Acts as another reader. */
  async becomeReader(id: number | string): Promise<void> {
    await this.readerButton.click();
    await this.readerDialog.getByRole("textbox", { name: "Another reader" }).fill(String(id));
    await this.readerDialog.getByRole("button", { name: "Become this reader" }).click();
  }
}

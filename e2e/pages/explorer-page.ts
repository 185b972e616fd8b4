import type { Locator, Page } from "@playwright/test";

/** The page that calls any method from what the server tells of it. */
export class ExplorerPage {
  readonly search: Locator;
  /** The address of the server whose methods are called. */
  readonly server: Locator;
  /** The methods that the search leaves, each a link. */
  readonly methods: Locator;
  readonly form: Locator;
  /** How the call stands: `Ready.`, `Open: …`, `The call succeeded. OK`, … */
  readonly status: Locator;
  /** The messages both ways, oldest first. */
  readonly messages: Locator;
  /** What they stand in, which scrolls. */
  readonly log: Locator;
  /** Looks for messages by what they contain. */
  readonly find: Locator;
  readonly errorDetails: Locator;
  readonly copyLink: Locator;
  /** The call written down for another program. */
  readonly snippet: Locator;
  /** What it can be written down for. */
  readonly languages: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.search = page.getByRole("searchbox", { name: "Find a method" });
    this.server = page.getByRole("combobox", { name: "Address of the server" });
    this.methods = page.getByRole("navigation", { name: "Services and methods" }).getByRole("link");
    this.form = page.getByRole("form", { name: "Request" });
    this.status = page.getByRole("status", { name: "Call status" });
    this.log = page.getByRole("log", { name: "Messages" });
    this.messages = this.log.getByRole("listitem");
    this.find = page.getByRole("searchbox", { name: "Find in the messages" });
    this.errorDetails = page.getByRole("list", { name: "Error details" }).getByRole("listitem");
    this.copyLink = page.getByRole("button", { name: "Copy link to this call" });
    this.languages = page.getByRole("tablist", { name: "Written for" }).getByRole("tab");
    this.snippet = page.getByRole("region", { name: "The same call elsewhere" }).getByRole("tabpanel");
  }

  /** Opens the page, with a method such as `triptych.greeter.v1.GreeterService/SayHello` chosen. */
  async open(protocol: "grpc-web" | "websocket", method?: string): Promise<void> {
    const query = new URLSearchParams({ protocol, ...(method === undefined ? {} : { method }) });
    await this.#page.goto(`/explorer?${query}`);
    await (method === undefined ? this.search : this.form).waitFor();
  }

  /** Calls another server from now on. */
  async use(server: string): Promise<void> {
    await this.server.fill(server);
    await this.#page.getByRole("button", { name: "Use", exact: true }).click();
  }

  /** The field of the form with that name, or the path of names in the message. */
  field(name: string): Locator {
    return this.form.getByRole("textbox", { name, exact: true });
  }

  button(name: string): Locator {
    return this.form.getByRole("button", { name, exact: true });
  }

  /** Shows the message as a form or as JSON. */
  async writeAs(form: "Form" | "JSON"): Promise<void> {
    await this.form.getByRole("tab", { name: form, exact: true }).click();
  }

  /** Shows the call written down in a language. */
  async writeFor(language: string): Promise<void> {
    await this.languages.and(this.#page.getByRole("tab", { name: language, exact: true })).click();
  }

  /** The calls that were made and saved; shows them in the place of the methods. */
  async showCalls(): Promise<Locator> {
    await this.#page.getByRole("tab", { name: "Calls", exact: true }).click();
    return this.#page.getByRole("region", { name: "Calls", exact: true });
  }

  received(): Locator {
    return this.messages.filter({ hasText: /^Received/ });
  }
}

import type { Locator, Page } from "@playwright/test";
import type { Protocol } from "../protocol.ts";

/** A kind of call, the title of its panel. */
export type StreamKind = "Unary" | "Server streaming" | "Client streaming" | "Bidirectional streaming";

/** The page with the four kinds of call side by side. */
export class StreamsPage {
  readonly unary: StreamPanel;
  readonly serverStreaming: StreamPanel;
  readonly clientStreaming: StreamPanel;
  readonly bidiStreaming: StreamPanel;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.unary = new StreamPanel(page, "Unary");
    this.serverStreaming = new StreamPanel(page, "Server streaming");
    this.clientStreaming = new StreamPanel(page, "Client streaming");
    this.bidiStreaming = new StreamPanel(page, "Bidirectional streaming");
  }

  async open(protocol: Protocol): Promise<void> {
    await this.#page.goto(`/streams?protocol=${protocol}`);
  }
}

/** The panel of one kind of call. */
export class StreamPanel {
  readonly region: Locator;
  /** How far the call is: `open`, `half-closed`, `done`, … */
  readonly state: Locator;
  /** What crossed, in words, oldest first. */
  readonly messages: Locator;
  readonly switchToWebSocket: Locator;

  constructor(page: Page, kind: StreamKind) {
    this.region = page.getByRole("region", { name: kind, exact: true });
    this.state = this.region.getByRole("status", { name: `${kind} state` });
    this.messages = this.region.getByRole("log", { name: `${kind} messages` }).getByRole("listitem");
    this.switchToWebSocket = this.region.getByRole("button", { name: "Switch to WebSocket" });
  }

  field(label: string): Locator {
    return this.region.getByRole("textbox", { name: label, exact: true });
  }

  button(name: string): Locator {
    return this.region.getByRole("button", { name, exact: true });
  }

  async chooseMethod(name: string): Promise<void> {
    await this.region.getByRole("radio", { name, exact: true }).check();
  }

  /** Types a message and sends it with Enter. */
  async send(label: "Number" | "Name", text: string): Promise<void> {
    await this.field(label).fill(text);
    await this.field(label).press("Enter");
  }

  /** The entries of what has been received, oldest first. */
  received(): Locator {
    return this.messages.filter({ hasText: /received (?!the )/ });
  }
}

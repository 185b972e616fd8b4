import type { Locator, Page } from "@playwright/test";
import type { Protocol } from "../protocol.ts";

/** The page of the greeter. */
export class GreeterPage {
  readonly name: Locator;
  readonly language: Locator;
  /** The latest greeting, large. */
  readonly greeting: Locator;
  /** The greetings of everyone, newest first. */
  readonly wall: Locator;
  /** The names on the wall, newest first. */
  readonly wallNames: Locator;
  /** How the wall is doing: `live`, `reconnecting in 3 s`, … */
  readonly wallState: Locator;
  readonly start: Locator;
  readonly stop: Locator;
  readonly streamState: Locator;
  /** The greetings of the stream, newest first. */
  readonly streamed: Locator;
  readonly #page: Page;
  readonly #protocol: Protocol;

  constructor(page: Page, protocol: Protocol) {
    this.#page = page;
    this.#protocol = protocol;
    const stream = page.getByRole("region", { name: "Stream" });
    this.name = page.getByRole("textbox", { name: "Name" });
    this.language = page
      .getByRole("combobox", { name: "Language" })
      .or(page.getByRole("textbox", { name: "Language" }));
    this.greeting = page.getByRole("status", { name: "Greeting" });
    this.wall = page.getByRole("log", { name: "Live wall" });
    this.wallNames = this.wall.getByRole("listitem").locator("bdi[title]");
    this.wallState = page.getByRole("region", { name: "Live wall" }).getByRole("status");
    this.start = stream.getByRole("button", { name: "Start" });
    this.stop = stream.getByRole("button", { name: "Stop" });
    this.streamState = stream.getByRole("status", { name: "State of the stream" });
    this.streamed = stream.getByRole("log", { name: "Streamed greetings" }).getByRole("listitem");
  }

  async open(): Promise<void> {
    await this.#page.goto(`/greeter?protocol=${this.#protocol}`);
  }

  /** Fills in a name and greets. */
  async greet(name: string): Promise<void> {
    await this.name.fill(name);
    await this.#page.getByRole("button", { name: "Greet", exact: true }).click();
  }

  /** Chooses a language by its name in English. */
  async chooseLanguage(englishName: string): Promise<void> {
    await this.language.click();
    await this.language.fill(englishName);
    await this.#page.getByRole("option", { name: englishName }).click();
  }

  /** The entry of the wall for a name. */
  entry(name: string): Locator {
    return this.wall.getByRole("listitem").filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** Starts a stream whose greetings are a minute apart. */
  async startSlowStream(name: string): Promise<void> {
    await this.name.fill(name);
    await this.#page.getByRole("slider", { name: "Interval" }).press("End");
    await this.start.click();
  }

  /** Opens the wall's stream again at once instead of waiting. */
  async reconnectNow(): Promise<void> {
    await this.#page.getByRole("region", { name: "Live wall" }).getByRole("button", { name: "Now" }).click();
  }
}

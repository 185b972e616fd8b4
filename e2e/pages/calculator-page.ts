import type { Locator, Page } from "@playwright/test";
import type { Protocol } from "../protocol.ts";

/** The page of the calculator. */
export class CalculatorPage {
  readonly expression: Locator;
  /** What is wrong with the expression, in a sentence. */
  readonly hint: Locator;
  readonly result: Locator;
  /** The log of the steps: one item a reduction, and the result below. */
  readonly steps: Locator;
  readonly stepsStatus: Locator;
  readonly history: Locator;
  readonly #page: Page;
  readonly #protocol: Protocol;

  constructor(page: Page, protocol: Protocol) {
    this.#page = page;
    this.#protocol = protocol;
    this.expression = page.getByRole("textbox", { name: "Expression" });
    this.hint = page.getByRole("status", { name: "Hint" });
    this.result = page.getByRole("status", { name: "Result", exact: true });
    this.steps = page.getByRole("log", { name: "Steps" });
    this.stepsStatus = page.getByRole("status", { name: "Steps status" });
    this.history = page.getByRole("region", { name: "History" });
  }

  async open(): Promise<void> {
    await this.#page.goto(`/calculator?protocol=${this.#protocol}`);
  }

  /** Types an expression key by key, as a person does. */
  async type(expression: string): Promise<void> {
    await this.expression.fill("");
    await this.expression.pressSequentially(expression);
  }

  /** Keeps the result and asks for the steps. */
  async enter(): Promise<void> {
    await this.expression.press("Enter");
  }

  /** Takes a kept result up again. */
  async reuse(expression: string): Promise<void> {
    await this.kept(expression).click();
  }

  /** A kept result that is exact. */
  kept(expression: string): Locator {
    return this.history.getByRole("button", { name: `${expression} = ` });
  }

  /** The note on the exactness of the result. */
  exactness(text: string): Locator {
    return this.#page.getByRole("region", { name: "Expression" }).getByText(text, { exact: true });
  }
}

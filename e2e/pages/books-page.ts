import type { Locator, Page } from "@playwright/test";
import type { Protocol } from "../protocol.ts";

/** A view of the books page, by the name of its tab. */
export type BooksView = "Catalogue" | "For you" | "Discover" | "My ratings" | "Orders";

/** The page of the books. */
export class BooksPage {
  readonly search: Locator;
  readonly found: Locator;
  /** The books of the catalogue that are shown. */
  readonly shelf: Locator;
  /** The titles of the recommended books, best first. */
  readonly recommendedTitles: Locator;
  readonly recommendations: Locator;
  /** How the recommendations are doing: `live`, `reconnecting in 3 s`, … */
  readonly recommendationsState: Locator;
  /** The rows of the recommended books, best first. */
  readonly recommended: Locator;
  /** Says which rating changed the list, and how. */
  readonly changeNote: Locator;
  readonly category: Locator;
  /** The model that ranks the books. */
  readonly model: Locator;
  /** Says that another model took over. */
  readonly modelNews: Locator;
  readonly orders: Locator;
  readonly ordersState: Locator;
  readonly basketButton: Locator;
  readonly basket: Locator;
  readonly phone: Locator;
  readonly note: Locator;
  readonly #page: Page;
  readonly #shelfList: Locator;
  readonly #protocol: Protocol;

  constructor(page: Page, protocol: Protocol) {
    this.#page = page;
    this.#protocol = protocol;
    const recommended = page.getByRole("region", { name: "Recommended for you" });
    this.search = page.getByRole("searchbox", { name: "Search" });
    this.found = page.getByRole("status", { name: "Books found" });
    this.#shelfList = page.getByRole("list", { name: "Books", exact: true });
    this.shelf = this.#shelfList.getByRole("listitem");
    this.category = page.getByRole("combobox", { name: "Category" });
    this.model = page.getByRole("region", { name: "The model" });
    this.modelNews = this.model.getByRole("status", { name: "Model news" });
    this.recommendations = recommended.getByRole("list", { name: "Recommended books" });
    this.recommendedTitles = this.recommendations.getByRole("heading", { level: 3 });
    this.recommended = this.recommendations
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { level: 3 }) });
    this.recommendationsState = recommended.getByRole("status").first();
    this.changeNote = page.getByRole("status", { name: "What changed the list" });
    this.orders = page.getByRole("log", { name: "Live orders" }).getByRole("article");
    this.ordersState = page.getByRole("region", { name: "Orders" }).getByRole("status").first();
    this.basketButton = page.getByRole("button", { name: /^Basket \d/ });
    this.basket = page.getByRole("dialog", { name: "Your basket" });
    this.phone = this.basket.getByRole("textbox", { name: "Phone" });
    this.note = this.basket.getByRole("textbox", { name: "Note (optional)" });
  }

  /** Opens the page, and waits for the first model: until it is trained, which takes its time on a busy machine, the list is what is popular. */
  async open(): Promise<void> {
    await this.#page.goto(`/books?protocol=${this.#protocol}`);
    await this.model.getByText(/^Model \d+ learned from/).waitFor({ timeout: 60_000 });
  }

  async show(view: BooksView): Promise<void> {
    await this.#page.getByRole("tab", { name: view }).click();
  }

  /** The book on the shelf at a place, from 1. */
  at(place: number): Locator {
    return this.shelf.and(this.#page.locator(`[aria-posinset="${place}"]`));
  }

  /** What speaks for a recommended book: shown at once of the first, on demand of the others. */
  shares(title: string): Locator {
    const list = this.recommendation(title).getByRole("list", { name: "What speaks for it" });
    return list.getByRole("listitem");
  }

  /** The row of a recommended book. */
  recommendation(title: string): Locator {
    return this.recommended.filter({ has: this.#page.getByRole("heading", { level: 3, name: title, exact: true }) });
  }

  /** Opens a book of the shelf, and gives what shows it. */
  async openBook(title: string): Promise<Locator> {
    await this.book(title)
      .getByRole("button", { name: `Open: ${title}`, exact: true })
      .click();
    const dialog = this.#page.getByRole("dialog", { name: title, exact: true });
    await dialog.waitFor();
    return dialog;
  }

  async openModel(): Promise<void> {
    await this.model.getByRole("button", { name: "The model" }).click();
  }

  /** The version of the model that is served, once there is one. */
  async modelVersion(): Promise<number> {
    const name = this.model.getByText(/^Model \d+$/);
    return Number(/\d+/.exec((await name.textContent()) ?? "")?.[0]);
  }

  /** Takes down what the progress of a training says from now on; gives what has been said so far. */
  async recordTraining(): Promise<() => Promise<readonly string[]>> {
    const said = await this.model.evaluateHandle((panel) => {
      const texts: string[] = [];
      const note = () => {
        const text = panel.querySelector("[role=progressbar]")?.getAttribute("aria-valuetext");
        if (text && texts.at(-1) !== text) texts.push(text);
      };
      new MutationObserver(note).observe(panel, { subtree: true, childList: true, attributes: true });
      return texts;
    });
    return () => said.jsonValue();
  }

  /** Searches, and waits until the shelf holds what was found: who reached for a book before could see it move away. */
  async find(title: string): Promise<Locator> {
    await this.search.fill(title);
    const settled = this.#page.locator('[aria-busy="false"]').and(this.#shelfList);
    await settled.getByRole("heading", { name: title, exact: true }).locator("mark").first().waitFor();
    return this.book(title);
  }

  /** A book on the shelf. */
  book(title: string): Locator {
    return this.shelf.filter({ has: this.#page.getByRole("heading", { name: title, exact: true }) });
  }

  /** The stars that a person gives a book on the shelf. */
  star(title: string, stars: number): Locator {
    const name = stars === 1 ? "1 star" : `${stars} stars`;
    return this.book(title).getByRole("radio", { name, exact: true });
  }

  /** Searches a book and rates it on the shelf. */
  async rate(title: string, stars: number): Promise<void> {
    await this.find(title);
    await this.star(title, stars).check();
  }

  /** Searches a book and puts one copy into the basket. */
  async putIntoBasket(title: string): Promise<void> {
    const book = await this.find(title);
    await book.getByRole("button", { name: "Add to basket" }).click();
  }

  async openBasket(): Promise<void> {
    await this.basketButton.click();
    await this.basket.waitFor();
  }

  async placeOrder(): Promise<void> {
    await this.basket.getByRole("button", { name: "Place order" }).click();
  }

  /** An order of the live list, by the number that people call it by. */
  order(number: string): Locator {
    return this.#page.getByRole("log", { name: "Live orders" }).getByRole("article", { name: `Order ${number}` });
  }
}

import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

test("the content is one key away, and the greeter works with keys alone", async ({ greeter, page }) => {
  await greeter.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(page, greeter.name);
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await expect(greeter.greeting).toHaveText("Hello, Ada!");
  await tabTo(page, greeter.start);
  await page.keyboard.press("Enter");
  await expect(greeter.streamState).toHaveText("open");
  await expect(greeter.stop).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(greeter.streamState).toHaveText("cancelled");
});

test("the protocol changes with the arrow keys", async ({ page, shell }) => {
  await page.goto("/");
  await tabTo(page, shell.protocolOption("gRPC-Web"));
  await page.keyboard.press("ArrowRight");
  await expect(shell.protocolOption("Connect")).toBeChecked();
  await expect(page).toHaveURL("/?protocol=connect");
});

test("the calculator works with keys alone", async ({ calculator, page }) => {
  await calculator.open();
  await expect(calculator.expression).toBeFocused();
  await page.keyboard.type("6*7");
  await page.keyboard.press("Enter");
  await expect(calculator.stepsStatus).toHaveText("done");
  await expect(calculator.result).toHaveText("= 42");
  await page.keyboard.press("Escape");
  await expect(calculator.expression).toHaveValue("");
  await tabTo(page, calculator.kept("6*7"));
  await page.keyboard.press("Enter");
  await expect(calculator.expression).toHaveValue("6*7");
});

test("a book is found, rated and ordered with keys alone", async ({ books, page, shell }) => {
  await books.open();
  await tabTo(page, books.search);
  await page.keyboard.type("maltese falcon");
  await expect(books.shelf).toHaveCount(1);
  await tabTo(page, books.star("The Maltese Falcon", 1));
  await page.keyboard.press("4");
  await expect(books.star("The Maltese Falcon", 4)).toBeChecked();
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("The Maltese Falcon");
  await tabTo(page, books.book("The Maltese Falcon").getByRole("button", { name: "Add to basket" }));
  await page.keyboard.press("Enter");
  await tabTo(page, books.basketButton, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(books.basket).toBeVisible();
  await tabTo(page, books.phone);
  await page.keyboard.type("+1 555 0100");
  await page.keyboard.press("Enter");
  await expect(shell.notices).toContainText(/Your order \S+ was taken\./);
  await expect(books.basket).toBeHidden();
});

test("what else than typing changes the expression is undone as typing is", async ({ calculator, page }) => {
  await calculator.open();
  await expect(calculator.expression).toBeFocused();
  await page.keyboard.type("1+2");
  await expect(calculator.expression).toHaveValue("1+2");
  await page.keyboard.press("Escape");
  await expect(calculator.expression).toHaveValue("");
  await page.keyboard.press("Control+z");
  await expect(calculator.expression).toHaveValue("1+2");
  // What is brought back is selected, and a function would be put around it.
  await page.keyboard.press("End");
  const keypad = page.getByRole("toolbar", { name: "Keypad" });
  await keypad.getByRole("button", { name: "square root" }).click();
  await keypad.getByRole("button", { name: "7", exact: true }).click();
  await expect(calculator.expression).toHaveValue("1+2sqrt(7");
  await keypad.getByRole("button", { name: "clear" }).click();
  await expect(calculator.expression).toHaveValue("");
  await page.keyboard.press("Control+z");
  await expect(calculator.expression).toHaveValue("1+2sqrt(7");
  await page.keyboard.press("End");
  await keypad.getByRole("button", { name: "backspace" }).click();
  await keypad.getByRole("button", { name: "backspace" }).click();
  await expect(calculator.expression).toHaveValue("1+2");
  await page.keyboard.press("Control+z");
  await expect(calculator.expression).toHaveValue("1+2sqrt(");
});

test("the main task of every page is at most ten stops away", async ({
  page,
  books,
  calculator,
  explorer,
  greeter,
  streams,
}) => {
  const tasks: readonly (readonly [path: string, task: Locator])[] = [
    ["/", page.getByRole("region", { name: "Calculator" }).getByRole("link")],
    ["/calculator", calculator.expression],
    ["/greeter", greeter.name],
    ["/books", books.search],
    ["/streams?protocol=websocket", streams.unary.button("Call")],
    ["/streams?protocol=websocket", streams.serverStreaming.button("Start")],
    ["/explorer", explorer.search],
    ["/nowhere", page.getByRole("link", { name: "Go to the overview" })],
  ];
  for (const [path, task] of tasks) {
    await page.goto(path);
    await skipToContent(page);
    await tabTo(page, task, "Tab", 9);
  }
});

test("the recommendations are not behind all the books", async ({ books, page }) => {
  await books.open();
  await skipToContent(page);
  await tabTo(page, page.getByRole("link", { name: "Skip to the recommendations" }), "Tab", 1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Live recommendations" })).toBeFocused();
  await tabTo(page, books.recommendations.getByRole("radio").first(), "Tab", 8);
});

test("a method of the explorer is found and called with keys alone", async ({ explorer, page }) => {
  await explorer.open("grpc-web");
  await skipToContent(page);
  // Behind the server, its contracts, the variables, and the choice between methods and calls.
  await tabTo(page, explorer.search, "Tab", 8);
  await page.keyboard.type("greeter SayHello");
  await tabTo(page, explorer.methods.first(), "Tab", 1);
  await page.keyboard.press("Enter");
  await expect(explorer.form).toBeFocused();
  // Behind the form of the message and its example.
  await tabTo(page, explorer.field("name"), "Tab", 3);
  await page.keyboard.type("Ada");
  await page.keyboard.press("Control+Enter");
  await expect(explorer.status).toContainText("OK");
});

/** Follows the skip link, which is the first stop. */
async function skipToContent(page: Page): Promise<void> {
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await skip.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
}

/** Presses Tab until the element has the focus; fails after so many times that it cannot be reached. */
async function tabTo(page: Page, element: Locator, key = "Tab", most = 80): Promise<void> {
  await element.waitFor();
  const hasFocus = () => element.evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < most && !(await hasFocus()); presses += 1) await page.keyboard.press(key);
  await expect(element).toBeFocused();
}

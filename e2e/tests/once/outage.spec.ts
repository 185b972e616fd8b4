import { expect } from "@playwright/test";
import { ownServer, test } from "../../fixtures.ts";

test.use({ server: ownServer });

const sentence = "The server cannot be reached right now.";

test("a greeting that cannot be made says so with its code, and can be made later", async ({
  greeter,
  server,
  shell,
}) => {
  await greeter.open();
  await expect(greeter.wallState).toHaveText("live");
  await server.kill();
  await greeter.greet("Ada");
  await expect(shell.alerts).toHaveText([new RegExp(`${sentence} UNAVAILABLE`)]);
  await server.start();
  await greeter.greet("Ada");
  await expect(greeter.greeting).toHaveText("Hello, Ada!");
  await expect(shell.alerts).toHaveCount(0);
});

test("a result that cannot be had says so, and comes by itself", async ({ calculator, server, shell }) => {
  await calculator.open();
  await calculator.type("1+1");
  await expect(calculator.result).toHaveText("= 2");
  await server.kill();
  await calculator.type("2+3");
  await expect(shell.alerts).toContainText(sentence);
  await expect(shell.alerts).toContainText("UNAVAILABLE");
  await server.start();
  await expect(calculator.result).toHaveText("= 5");
  await expect(shell.alerts).toHaveCount(0);
});

test("a rating that was not stored is taken back and said", async ({ books, server, shell }) => {
  await books.open();
  await expect(books.recommendationsState).toHaveText("live");
  await books.find("The Maltese Falcon");
  await server.kill();
  await books.star("The Maltese Falcon", 4).click();
  await expect(shell.notices).toContainText("UNAVAILABLE");
  await expect(books.star("The Maltese Falcon", 4)).not.toBeChecked();
});

test("the overview says what it cannot show, and heals by itself", async ({ page, shell }) => {
  await page.goto("/calculator");
  await expect(shell.heading).toHaveText("Calculator");
  await page.getByRole("link", { name: "Triptych" }).hover();
  await page.route("**/triptych.*/**", (route) => route.abort("connectionrefused"));
  await page.getByRole("link", { name: "Triptych" }).click();
  await expect(page.getByRole("region", { name: "Calculator" }).getByRole("alert")).toContainText(sentence);
  const wall = page.getByRole("region", { name: "Call it from a terminal, and see it here" }).getByRole("status");
  await expect(wall.filter({ hasText: "reconnecting" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Books" }).getByRole("alert")).toContainText("UNAVAILABLE");
  await page.unroute("**/triptych.*/**");
  await expect(page.getByText("0.1 + 0.2 = 0.3")).toBeVisible();
  await expect(page.getByRole("region", { name: "Books" }).getByRole("listitem")).toHaveCount(3);
  await expect(wall.getByText("live")).toBeVisible();
  await expect(shell.alerts).toHaveCount(0);
});

test("a page that cannot be loaded says so, and opens once the server is back", async ({
  page,
  problems,
  server,
  shell,
}) => {
  await page.goto("/nowhere");
  await server.kill();
  await shell.navigation.getByRole("link", { name: "Books" }).click();
  await expect(shell.heading).toHaveText("This page did not open");
  problems.forgive(/Unable to preload|dynamically imported module/);
  await server.start();
  await page.getByRole("button", { name: "Load it again" }).click();
  await expect(shell.heading).toHaveText("Books");
});

test("the code of the protocol that cannot be loaded is said, and comes when the page is loaded again", async ({
  greeter,
  page,
  problems,
  shell,
}) => {
  await page.route("**/assets/open-grpc-web-transport-*.js", (route) => route.abort("connectionrefused"), { times: 1 });
  await page.goto("/greeter");
  await expect(shell.notices).toContainText("Part of this page could not be loaded.");
  await shell.notices.getByRole("button", { name: "Load the page again" }).click();
  await expect(greeter.wallState).toHaveText("live");
  await expect(shell.notices).not.toContainText("could not be loaded");
  expect(problems.failedRequests).not.toEqual([]);
});

test("a view that cannot be loaded takes no other view away", async ({ books, page, problems, shell }) => {
  await page.route("**/assets/later-view-*.js", (route) => route.abort("connectionrefused"));
  await books.open();
  await page.getByRole("tab", { name: /ratings/i }).click();
  const view = page.getByRole("tabpanel");
  await expect(view).toContainText("This part could not be loaded");
  await expect(view.getByRole("button", { name: "Load it again" })).toBeVisible();
  await expect(shell.heading).toHaveText("Books");
  await page.getByRole("tab", { name: "Catalogue" }).click();
  await expect(page.getByRole("list", { name: "Books", exact: true })).toBeVisible();
  problems.forgive(/dynamically imported module/);
});

test("a part of a page that cannot be loaded takes nothing else away", async ({ greeter, page, problems }) => {
  // As if the server went away between the page and its parts: the code comes, its style sheet does not.
  await page.route("**/assets/language-picker-*.css", (route) => route.abort("connectionrefused"));
  await greeter.open();
  await expect(page.getByRole("textbox", { name: "Language" })).toBeEditable();
  await expect(greeter.wallState).toHaveText("live");
  await greeter.greet("Ada");
  await expect(greeter.greeting).toHaveText("Hello, Ada!");
  expect(problems.failedRequests).not.toEqual([]);
});

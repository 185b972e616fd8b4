import type { Client } from "@connectrpc/connect";
import { expect, type Page } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { ownServer, test } from "../../fixtures.ts";
import { orderNumber } from "../../order-number.ts";

test.use({ server: ownServer });

test("an open wall catches up after a crash of the server: nothing lost, nothing twice", async ({
  greeter,
  native,
  page,
  server,
}) => {
  const pageLoads = countLoads(page);
  await greeter.open();
  const before = native(GreeterService);
  for (const name of ["Ada", "Grace", "Alan"]) await before.sayHello({ name });
  await expect(greeter.wallNames).toHaveText(["Alan", "Grace", "Ada"]);

  await server.kill();
  await expect(greeter.wallState).toContainText("reconnecting");
  await expect(greeter.wallState).toContainText(/ in \d+ s$/);
  await expect(greeter.wallNames).toHaveText(["Alan", "Grace", "Ada"]);

  // The page cannot reach the server before everyone has been greeted.
  await page.route("**/WatchGreetings", (route) => route.abort("connectionrefused"));
  await server.start();
  const after = native(GreeterService);
  for (const name of ["Edsger", "Barbara", "Radia"]) await after.sayHello({ name });
  await expect(greeter.wallState).toContainText("reconnecting");
  await page.unroute("**/WatchGreetings");

  await expect(greeter.wallState).toHaveText("live", { timeout: 30_000 });
  await expect(greeter.wallNames).toHaveText(["Radia", "Barbara", "Edsger", "Alan", "Grace", "Ada"]);
  await greeter.greet("Tim");
  await expect(greeter.wallNames).toHaveText(["Tim", "Radia", "Barbara", "Edsger", "Alan", "Grace", "Ada"]);
  expect(pageLoads()).toBe(1);
});

test("who does not want to wait connects at once", async ({ greeter, page, server }) => {
  await greeter.open();
  await expect(greeter.wallState).toHaveText("live");
  let attempts = 0;
  await page.route(/WatchGreetings/, (route) => {
    attempts++;
    return route.abort();
  });
  await server.kill();
  // By now the page would wait for seconds before it tries again by itself.
  await expect(greeter.wallState).toHaveText(/reconnecting in ([5-9]|1\d) s/, { timeout: 60_000 });
  const before = attempts;
  await greeter.reconnectNow();
  await expect.poll(() => attempts).toBeGreaterThan(before);
  await page.unroute(/WatchGreetings/);
  await server.start();
  await expect(greeter.wallState).toHaveText("live", { timeout: 60_000 });
});

test("an open books page catches up after a crash: ratings, recommendations and orders", async ({
  books,
  native,
  page,
  server,
  shell,
}) => {
  const pageLoads = countLoads(page);
  await books.open();
  await books.rate("The Maltese Falcon", 5);
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("The Maltese Falcon");
  const userId = await shell.readerId();
  await books.show("Orders");
  await expect(books.ordersState).toHaveText("live");
  const first = await placeOrder(native(OrderService));
  await expect(books.orders).toHaveCount(1);

  await server.kill();
  await expect(books.recommendationsState).toContainText("reconnecting");
  await expect(books.ordersState).toContainText("reconnecting");
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("The Maltese Falcon");
  await page.route("**/Watch*", (route) => route.abort("connectionrefused"));
  await server.start();
  const second = await placeOrder(native(OrderService));
  const ratings = native(RecommendationService);
  await ratings.rateBook({ userId, bookId: 1, change: { case: "withdraw", value: true } });
  await ratings.rateBook({ userId, bookId: 5, change: { case: "stars", value: 5 } });
  await page.unroute("**/Watch*");

  await expect(books.recommendationsState).toHaveText("live", { timeout: 30_000 });
  await expect(books.ordersState).toHaveText("live", { timeout: 30_000 });
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("Ender's Game");
  await expect(books.orders).toHaveCount(2);
  await expect(books.orders.first()).toHaveAccessibleName(`Order ${orderNumber(second)}`);
  await expect(books.orders.last()).toHaveAccessibleName(`Order ${orderNumber(first)}`);
  await books.show("My ratings");
  await expect(page.getByRole("list", { name: "Rated books" }).getByRole("heading")).toHaveText(["Ender's Game"]);
  expect(pageLoads()).toBe(1);
});

function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  return () => loads;
}

async function placeOrder(orders: Client<typeof OrderService>): Promise<string> {
  const items = [{ bookId: 4, quantity: 1 }];
  const { order } = await orders.createOrder({ items, phone: "+1 555 0100", idempotencyKey: crypto.randomUUID() });
  return order?.id ?? "";
}

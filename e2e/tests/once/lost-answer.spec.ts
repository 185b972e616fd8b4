import { expect } from "@playwright/test";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

test("an order whose answer was lost is not taken twice", async ({ books, native, page, shell }) => {
  const note = uniqueName("once only");
  await books.open();
  await books.putIntoBasket("How to Win Friends and Influence People");
  await books.openBasket();
  await books.phone.fill("+1 555 0100");
  await books.note.fill(note);
  await page.route("**/CreateOrder", async (route) => {
    // The server takes the order, and the page never hears of it.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await books.placeOrder();
  await expect(books.basket.getByRole("alert")).toContainText("UNAVAILABLE");
  await page.unroute("**/CreateOrder");
  await books.placeOrder();
  await expect(shell.notices).toContainText(/Your order \S+ had been taken already\./);
  const { orders } = await native(OrderService).listOrders({ pageSize: 100 });
  expect(orders.filter(({ attributes }) => attributes.note === note)).toHaveLength(1);
});

import { expect } from "@playwright/test";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { test } from "../../fixtures.ts";
import { orderNumber } from "../../order-number.ts";

test("an order in the list leads to its receipt, whose link can be sent", async ({ native, page, shell }) => {
  const items = [
    { bookId: 6, quantity: 2 },
    { bookId: 79, quantity: 1 },
  ];
  const { order } = await native(OrderService).createOrder({ items, phone: "+49 30 1234" });
  const number = orderNumber(order?.id ?? "");
  await page.goto("/books?view=orders");
  const entry = page.getByRole("article", { name: `Order ${number}` });
  await expect(entry).toContainText("Together 3 books, 2 titles");
  await entry.getByRole("link", { name: number }).click();
  await expect(page).toHaveURL(`/orders/${order?.id}`);
  await expect(page).toHaveTitle(`Order ${number} · Triptych`);
  // As who opens a link that was sent.
  await page.goto(`/orders/${order?.id}`);
  await expect(shell.heading).toHaveText(`Order ${number}`);
  const receipt = page.getByRole("region", { name: "Receipt" });
  await expect(receipt.getByRole("listitem")).toHaveText(["2 × The Dune Chronicles", "1 × The Hobbit"]);
  await expect(receipt).not.toContainText("1234");
  await receipt.getByRole("link", { name: "The Hobbit" }).click();
  await expect(shell.heading).toHaveText("The Hobbit");
});

import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { screen, within } from "@testing-library/react";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { expect, it } from "vitest";
import { Route } from "wouter";
import { renderApp } from "../../../test/render-app.tsx";
import { ReceiptPage } from "./receipt-page.tsx";

const id = "3f2a91c0-5b1e-4c63-9a55-0d7d2a2f8a11";

const transport = createRouterTransport(({ rpc }) => {
  rpc(OrderService.method.getOrder, (request) => {
    if (request.id !== id) throw new ConnectError("there is no order", Code.NotFound);
    const items = [
      { bookId: 6, quantity: 2, title: "Dune" },
      { bookId: 7, quantity: 1, title: "Emma" },
    ];
    const order = { id, items, phone: "+49 170 12", attributes: { note: "Ring twice" } };
    return { order: { ...order, time: timestampFromDate(new Date(0)) } };
  });
});

const renderReceipt = (path: string) =>
  renderApp(
    <Route path="/orders/:id">
      <ReceiptPage />
    </Route>,
    { transport, path },
  );

it("shows what was ordered, with totals and links, the phone masked, under a short number", async () => {
  renderReceipt(`/orders/${id}`);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Order 3F2A-91C0");
  expect(document.title).toBe("Order 3F2A-91C0 · Triptych");
  const receipt = within(await screen.findByRole("region", { name: "Receipt" }));
  expect(receipt.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["2 × Dune", "1 × Emma"]);
  expect(receipt.getByText("Together 3 books, 2 titles")).toBeDefined();
  expect(receipt.getByRole("link", { name: "Dune" }).getAttribute("href")).toBe("/books/6");
  expect(receipt.getByText("phone ending in 12")).toBeDefined();
  expect(receipt.getByText("Ring twice")).toBeDefined();
});

it("says that there is no such order, as there is none of another's", async () => {
  renderReceipt("/orders/another");
  expect(await screen.findByRole("heading", { level: 1, name: "There is no such order" })).toBeDefined();
  expect(screen.getByRole("link", { name: "Go to the orders" }).getAttribute("href")).toBe("/books?view=orders");
});

import { createClient } from "@connectrpc/connect";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";
import { itCountsAsCanceled, itEndsWithItsClient, type LastingCall } from "./leaving-calls.ts";
import { itRefuses, type RefusedCall } from "./refused-calls.ts";

const server = useServer();

const clientOver = (style: CallStyle) => createClient(OrderService, createTransport(style, server.baseUrl));
const phone = "+49 (30) 123-456";
const oneBook = { items: [{ bookId: 1 }], phone };

const refused: RefusedCall<typeof OrderService>[] = [
  {
    what: "an order of nothing, by every field that is wrong",
    call: (orders) => orders.createOrder({ phone: "call me", attributes: { "": "x" }, userId: -1 }),
    code: "InvalidArgument",
    violations: [
      { field: "items", description: "must be 1 to 100 books: got 0" },
      {
        field: "phone",
        description:
          "must be 3 to 15 digits, with an optional leading + and spaces, dots, dashes, slashes or parentheses " +
          'between them, at most 60 characters in all: got "call me"',
      },
      { field: 'attributes[""]', description: "must have a key of 1 to 100 characters: got 0" },
      { field: "user_id", description: "must be 0 to 2147483647: got -1" },
    ],
  },
  {
    what: "the same book twice, and too many of it",
    call: (orders) => orders.createOrder({ items: [{ bookId: 1 }, { bookId: 1, quantity: 101 }], phone }),
    code: "InvalidArgument",
    violations: [
      { field: "items[1].book_id", description: "must differ from items[0].book_id: got 1 again" },
      { field: "items[1].quantity", description: "must be 1 to 100, or 0 for 1: got 101" },
    ],
  },
  {
    what: "a book that does not exist",
    call: (orders) => orders.createOrder({ items: [{ bookId: 1 }, { bookId: 999_999 }], phone }),
    code: "NotFound",
    message: "there is no book 999999",
  },
  {
    what: "to get an order that does not exist",
    call: (orders) => orders.getOrder({ id: "no such" }),
    code: "NotFound",
    message: 'there is no order "no such"',
  },
  {
    what: "a page that was never handed out",
    call: (orders) => orders.listOrders({ pageSize: 101, pageToken: "?" }),
    code: "InvalidArgument",
    violations: [
      { field: "page_size", description: "must be 1 to 100, or 0 for 24: got 101" },
      { field: "page_token", description: 'must be the next_page_token of a page before: got "?"' },
    ],
  },
  {
    what: "to follow from before the first order",
    call: (orders) => orders.watchOrders({ afterSequence: -1n }),
    code: "InvalidArgument",
    violations: [{ field: "after_sequence", description: "must be 0 to the number of the latest event: got -1" }],
  },
];

describe.each(CALL_STYLES)("orders over %s", (style) => {
  const client = () => clientOver(style);

  it("takes an order and gives it back", async () => {
    const attributes = { note: 'leave it at the "blue" door\n' };
    const { order, created } = await client().createOrder({ items: [{ bookId: 5, quantity: 2 }], phone, attributes });
    expect(created).toBe(true);
    expect(order).toMatchObject({ phone, attributes, price: "" });
    expect(order?.items).toMatchObject([{ bookId: 5, quantity: 2, title: "Ender's Game" }]);
    expect((await client().getOrder({ id: order?.id ?? "" })).order).toEqual(order);
  });

  it("lists orders in pages, the latest first", async () => {
    const made: string[] = [];
    for (const bookId of [1, 2, 3]) {
      const { order } = await client().createOrder({ items: [{ bookId }], phone });
      made.unshift(order?.id ?? "");
    }
    const first = await client().listOrders({ pageSize: 2 });
    const second = await client().listOrders({ pageSize: 1, pageToken: first.nextPageToken });
    expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(made);
  });

  it("takes one order when the same key comes twenty times at once", async () => {
    const orders = client();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => orders.createOrder({ ...oneBook, idempotencyKey: `many over ${style}` })),
    );
    expect(new Set(answers.map(({ order }) => order?.id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
  });

  it("refuses a key that was used for a different order, by that order's id", async () => {
    const idempotencyKey = `twice over ${style}`;
    const { order } = await client().createOrder({ ...oneBook, idempotencyKey });
    expect(await refusalOf(client().createOrder({ items: [{ bookId: 2 }], phone, idempotencyKey }))).toEqual({
      code: "AlreadyExists",
      message: `idempotency_key was used for a different order: ${order?.id}`,
      violations: [],
    });
  });

  it("tells who follows of every order as it is taken, and goes on from where a follower left", async () => {
    const watch = (request: { afterSequence?: bigint }) =>
      openStream((options) => client().watchOrders(request, options));
    await using live = watch({});
    const { update: position } = await live.next();
    const one = await client().createOrder(oneBook);
    const two = await client().createOrder(oneBook);
    const updates = (await live.take(2)).map(({ update }) => update);
    const start = position.value?.sequence ?? -1n;
    expect(position.case).toBe("position");
    expect(updates).toMatchObject([
      { case: "created", value: { sequence: start + 1n, order: one.order } },
      { case: "created", value: { sequence: start + 2n, order: two.order } },
    ]);

    await using resumed = watch({ afterSequence: start + 1n });
    const [again, second] = await resumed.take(2);
    expect(again?.update).toMatchObject({ case: "position", value: { sequence: start + 1n } });
    expect(second?.update).toEqual(updates[1]);
  });

  itRefuses(client, refused);

  describe("WatchOrders", () => {
    const call: LastingCall = {
      server,
      style,
      method: `${OrderService.typeName}/WatchOrders`,
      open: (options) => client().watchOrders({}, options),
    };
    itEndsWithItsClient(call);
    itCountsAsCanceled(call);
  });
});

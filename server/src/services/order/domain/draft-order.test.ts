import { describe, expect, it } from "vitest";
import { InvalidInput, NotFound } from "../../../domain/errors.ts";
import { draftOrder, type OrderRequest } from "./draft-order.ts";

const titleOf = (bookId: number) => (bookId >= 1 && bookId <= 200 ? `book ${bookId}` : undefined);
const request: OrderRequest = {
  items: [{ bookId: 1, quantity: 2 }],
  phone: "030 1234",
  attributes: { gift: "yes" },
  idempotencyKey: "",
  userId: 0,
};

function books(count: number) {
  return Array.from({ length: count }, (_, index) => ({ bookId: index + 1, quantity: 1 }));
}

function attributes(count: number) {
  return Object.fromEntries(books(count).map(({ bookId }) => [`key ${bookId}`, ""]));
}

function violationsOf(change: Partial<OrderRequest>) {
  try {
    draftOrder({ ...request, ...change }, titleOf);
  } catch (error) {
    if (error instanceof InvalidInput) return error.violations;
    throw error;
  }
  return [];
}

describe("draftOrder", () => {
  it("completes the order with titles", () => {
    expect(draftOrder({ ...request, idempotencyKey: "k-1", userId: 7 }, titleOf)).toEqual({
      items: [{ bookId: 1, quantity: 2, title: "book 1" }],
      phone: "030 1234",
      attributes: { gift: "yes" },
      price: "",
      idempotencyKey: "k-1",
      readerId: 7,
    });
  });

  it("takes quantity 0 for 1 and an empty key for none", () => {
    const draft = draftOrder({ ...request, items: [{ bookId: 1, quantity: 0 }] }, titleOf);
    expect(draft.items).toEqual([{ bookId: 1, quantity: 1, title: "book 1" }]);
    expect(draft.idempotencyKey).toBeUndefined();
  });

  it.each<[string, Partial<OrderRequest>]>([
    ["100 books", { items: books(100) }],
    ["100 copies", { items: [{ bookId: 1, quantity: 100 }] }],
    ["no attributes", { attributes: {} }],
    ["50 attributes", { attributes: attributes(50) }],
    ["the longest key and value, in characters", { attributes: { ["😀".repeat(100)]: "😀".repeat(1000) } }],
    ["an attribute named __proto__", { attributes: JSON.parse('{"__proto__":"x"}') }],
    ["the longest idempotency key", { idempotencyKey: "é".repeat(100) }],
  ])("takes %s", (_, change) => {
    const { attributes } = { ...request, ...change };
    expect(violationsOf(change)).toEqual([]);
    expect(Object.entries(draftOrder({ ...request, ...change }, titleOf).attributes)).toEqual(
      Object.entries(attributes),
    );
  });

  it.each<[string, Partial<OrderRequest>, string, string]>([
    ["no books", { items: [] }, "items", "must be 1 to 100 books: got 0"],
    ["101 books", { items: books(101) }, "items", "must be 1 to 100 books: got 101"],
    [
      "101 copies",
      { items: [...books(2), { bookId: 9, quantity: 101 }] },
      "items[2].quantity",
      "must be 1 to 100, or 0 for 1: got 101",
    ],
    [
      "minus one copy",
      { items: [{ bookId: 1, quantity: -1 }] },
      "items[0].quantity",
      "must be 1 to 100, or 0 for 1: got -1",
    ],
    [
      "a book twice",
      { items: [...books(2), { bookId: 2, quantity: 5 }] },
      "items[2].book_id",
      "must differ from items[1].book_id: got 2 again",
    ],
    ["51 attributes", { attributes: attributes(51) }, "attributes", "must be at most 50 entries: got 51"],
    ["an empty key", { attributes: { "": "x" } }, 'attributes[""]', "must have a key of 1 to 100 characters: got 0"],
    [
      "a long key",
      { attributes: { ["k".repeat(101)]: "x" } },
      `attributes["${"k".repeat(30)}"…]`,
      "must have a key of 1 to 100 characters: got 101",
    ],
    [
      "a long value",
      { attributes: { note: "x".repeat(1001) } },
      'attributes["note"]',
      "must be at most 1000 characters: got 1001",
    ],
    [
      "a long idempotency key",
      { idempotencyKey: "k".repeat(101) },
      "idempotency_key",
      "must be at most 100 characters: got 101",
    ],
    [
      "a note with a control character",
      { attributes: { note: "two\nlines\u0007" } },
      'attributes["note"]',
      "must have no control characters: got U+0007 bell at index 9",
    ],
    [
      "a note that turns the direction of writing",
      { attributes: { note: "ring \u202etwice" } },
      'attributes["note"]',
      "must not turn the direction of writing: got U+202E right-to-left override at index 5",
    ],
    [
      "a note that is not well-formed",
      { attributes: { note: "\ud83d" } },
      'attributes["note"]',
      "must be well-formed Unicode: got U+D83D lone surrogate at index 0",
    ],
    [
      "a key of two lines",
      { attributes: { "no\nte": "" } },
      'attributes["no\\nte"]',
      "key must have no control characters: got U+000A line feed at index 2",
    ],
    [
      "an unprintable idempotency key",
      { idempotencyKey: "a\u0000b" },
      "idempotency_key",
      "must have no control characters: got U+0000 null at index 1",
    ],
  ])("refuses %s", (_, change, field, description) => {
    expect(violationsOf(change)).toEqual([{ field, description }]);
  });

  it("says what a phone number takes and what it was given", () => {
    expect(violationsOf({ phone: "call me" })).toEqual([
      {
        field: "phone",
        description: expect.stringMatching(/^must be 3 to 15 digits, .*: got "call me"$/),
      },
    ]);
  });

  it.each(["\u202a+49\u00a030\u00a0123\u2011456\u202c", " +49 30 123-456\u200b"])(
    "takes the phone number %j as people write it",
    (phone) => {
      expect(draftOrder({ ...request, phone }, titleOf).phone).toBe("+49 30 123-456");
    },
  );

  it("names every field at once", () => {
    const everything = {
      items: [
        { bookId: 1, quantity: 1 },
        { bookId: 1, quantity: 500 },
      ],
      phone: "",
      attributes: { "": "x".repeat(1001) },
      idempotencyKey: "\n",
    };
    expect(violationsOf(everything).map(({ field }) => field)).toEqual([
      "items[1].book_id",
      "items[1].quantity",
      "phone",
      'attributes[""]',
      'attributes[""]',
      "idempotency_key",
    ]);
  });

  it("names at most ten, so that the error fits the headers it travels in", () => {
    const items = books(100).map(({ bookId }) => ({ bookId, quantity: 1000 }));
    expect(violationsOf({ items })).toHaveLength(10);
  });

  it("says which book there is none of", () => {
    const items = [...books(1), { bookId: 999, quantity: 1 }];
    expect(() => draftOrder({ ...request, items }, titleOf)).toThrow(new NotFound("there is no book 999"));
  });

  it("speaks of broken rules before it looks for books", () => {
    expect(violationsOf({ items: [{ bookId: 999, quantity: 101 }] })).toHaveLength(1);
  });
});

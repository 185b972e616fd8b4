import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataLoss } from "../../domain/errors.ts";
import type { OrderDraft } from "../../services/order/domain/order.ts";
import type { OrderStore } from "../../services/order/domain/order-store.ts";
import { createHub } from "../live/hub.ts";
import { type Database, openDatabase } from "./database.ts";
import { openOrderStore } from "./order-store.ts";

let directory: string;
let database: Database;
let orders: OrderStore;
let damage: string[];
/** What a sync to the disk waits for, where a test holds it up; and what hears of one that waits. */
let held: PromiseWithResolvers<void> | undefined;
let waits: () => void;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  damage = [];
  held = undefined;
  database = await openDatabase(directory, {
    onDamage: (what) => damage.push(what),
    async syncFile(file) {
      if (held !== undefined) waits();
      await held?.promise;
      await file.datasync();
    },
  });
  orders = await openOrderStore({ database, hub: createHub(), heartbeatMs: 60_000, now: () => new Date(0) });
});

afterEach(async () => {
  held?.resolve();
  await database.close();
  await rm(directory, { recursive: true });
});

function draftOf(phone: string, attributes: OrderDraft["attributes"] = {}): OrderDraft {
  return {
    items: [{ bookId: 1, quantity: 1, title: "Dune" }],
    phone,
    attributes,
    price: "",
    idempotencyKey: undefined,
  };
}

const create = async (phone: string, attributes?: OrderDraft["attributes"]) =>
  (await orders.create(draftOf(phone, attributes))).order.id;

/** The phones of the orders of each page. */
async function pagesOf(limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let before: number | undefined;
  do {
    const page = await orders.list({ limit, before });
    pages.push(page.orders.map(({ phone }) => phone));
    before = page.next;
  } while (before !== undefined);
  return pages;
}

function byHand(sql: string, ...values: (string | number)[]): void {
  const other = new DatabaseSync(join(directory, "triptych.sqlite"));
  other.prepare(sql).run(...values);
  other.close();
}

describe("a list of orders", () => {
  it("ends where its orders are", async () => {
    for (let count = 1; count <= 20; count++) await create(String(count));
    const latestFirst = Array.from({ length: 20 }, (_, index) => String(20 - index));
    expect(await pagesOf(20)).toEqual([latestFirst]);
    expect(await pagesOf(17)).toEqual([latestFirst.slice(0, 17), latestFirst.slice(17)]);
    expect(await pagesOf(100)).toEqual([latestFirst]);
  });

  it("shows an order once it is durable, and not before", async () => {
    await create("1");
    held = Promise.withResolvers();
    const waiting = new Promise<void>((resolve) => {
      waits = resolve;
    });
    const created = create("2");
    await waiting;
    expect(await pagesOf(10)).toEqual([["1"]]);
    held.resolve();
    await created;
    expect(await pagesOf(10)).toEqual([["2", "1"]]);
  });

  it("has pages of at most a mebibyte, whatever their size", async () => {
    for (let count = 1; count <= 12; count++) await create(String(count), { note: "☕".repeat(80_000) });
    expect(await pagesOf(100)).toEqual([
      ["12", "11", "10", "9"],
      ["8", "7", "6", "5"],
      ["4", "3", "2", "1"],
    ]);
  });

  it("shows an order that is larger than a page alone", async () => {
    await create("first");
    await create("large", { note: "x".repeat(2_000_000) });
    await create("last");
    expect(await pagesOf(100)).toEqual([["last"], ["large"], ["first"]]);
  });

  it.each(["no JSON", "null", "{}", '{"items":1}'])(
    "leaves out a row that holds %j, and reports it once",
    async (contents) => {
      for (const phone of ["1", "2", "3"]) await create(phone);
      byHand("update orders set contents = ? where number = 2", contents);
      for (let time = 0; time < 2; time++) expect(await pagesOf(100)).toEqual([["3", "1"]]);
      expect(damage).toEqual(["order 2 cannot be read and is left out"]);
    },
  );

  it("goes on behind a page of rows that cannot be read", async () => {
    for (let count = 1; count <= 40; count++) await create(String(count));
    byHand("update orders set contents = '' where number > 2");
    expect(await pagesOf(5)).toEqual([["2", "1"]]);
  });
});

it("keeps attributes of any name", async () => {
  const attributes = JSON.parse('{"__proto__":"a","constructor":"b"}');
  const id = await create("1", attributes);
  expect(JSON.stringify((await orders.get(id))?.attributes)).toBe(JSON.stringify(attributes));
});

it("says of an order that cannot be read that it is lost, not that there is none", async () => {
  const id = await create("1");
  byHand("update orders set contents = '' where number = 1");
  await expect(orders.get(id)).rejects.toThrow(DataLoss);
});

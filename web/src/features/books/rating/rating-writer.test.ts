import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { createRatingWriter, type StoredRating } from "./rating-writer.ts";

interface Sent {
  readonly bookId: number;
  readonly stars: number | undefined;
  readonly answer: PromiseWithResolvers<StoredRating<number>>;
}

function setUp() {
  const sent: Sent[] = [];
  const told: string[] = [];
  const writer = createRatingWriter<{ readonly id: number }, number>({
    send(bookId, stars) {
      const answer = Promise.withResolvers<StoredRating<number>>();
      sent.push({ bookId, stars, answer });
      return answer.promise;
    },
    async onStored(bookId, { rating }) {
      told.push(`stored ${bookId}: ${rating}`);
    },
    onFailed: (bookId, error) => told.push(`failed ${bookId}: ${error}`),
  });
  const answer = async (index: number, sequence: bigint) => {
    sent[index]?.answer.resolve({ rating: sent[index].stars, sequence });
    await settled();
  };
  const fail = async (index: number, reason: string) => {
    sent[index]?.answer.reject(reason);
    await settled();
  };
  const wanted = () => [...writer.underWay().wanted].map(([id, { stars }]) => [id, stars]);
  return { sent, told, writer, answer, fail, wanted };
}

it("shows a rating at once, until the server has it", async () => {
  const { writer, wanted, told, answer } = setUp();
  writer.rate({ id: 6 }, 5);
  expect(wanted()).toEqual([[6, 5]]);
  await answer(0, 9n);
  expect(wanted()).toEqual([]);
  expect(told).toEqual(["stored 6: 5"]);
  expect(writer.underWay().ownSequences).toEqual([9n]);
});

it("takes a rating back when the server does not accept it", async () => {
  const { writer, wanted, told, fail } = setUp();
  writer.rate({ id: 6 }, undefined);
  expect(wanted()).toEqual([[6, undefined]]);
  await fail(0, "no");
  expect(wanted()).toEqual([]);
  expect(told).toEqual(["failed 6: no"]);
});

it("sends only the last of several wishes for a book, after the one on its way", async () => {
  const { writer, wanted, sent, told, answer } = setUp();
  for (const stars of [1, 2, 3, 4]) writer.rate({ id: 6 }, stars);
  expect(sent.map(({ stars }) => stars)).toEqual([1]);
  await answer(0, 1n);
  expect(sent.map(({ stars }) => stars)).toEqual([1, 4]);
  expect(wanted()).toEqual([[6, 4]]);
  await answer(1, 2n);
  expect(wanted()).toEqual([]);
  expect(told).toEqual(["stored 6: 1", "stored 6: 4"]);
});

it("goes on with the last wish when an earlier one fails", async () => {
  const { writer, sent, told, fail, answer } = setUp();
  writer.rate({ id: 6 }, 1);
  writer.rate({ id: 6 }, 2);
  await fail(0, "no");
  expect(sent).toHaveLength(2);
  await answer(1, 1n);
  expect(told).toEqual(["stored 6: 2"]);
});

it("does not let one book wait for another", () => {
  const { writer, sent } = setUp();
  writer.rate({ id: 6 }, 1);
  writer.rate({ id: 7 }, 2);
  expect(sent.map(({ bookId }) => bookId)).toEqual([6, 7]);
});

it("tells its listeners until they leave", async () => {
  const { writer, answer } = setUp();
  let calls = 0;
  const leave = writer.subscribe(() => calls++);
  writer.rate({ id: 6 }, 1);
  expect(calls).toBe(1);
  leave();
  await answer(0, 1n);
  expect(calls).toBe(1);
});

import { create } from "@bufbuild/protobuf";
import { RecommendationSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { expect, it } from "vitest";
import { createListsBefore } from "./lists-before.ts";

function setUp(text?: string) {
  const stored = new Map(text === undefined ? [] : [["triptych-lists-before-7", text]]);
  const storage = { getItem: (key: string) => stored.get(key) ?? null, setItem: stored.set.bind(stored) };
  return createListsBefore(storage, 7);
}

const book = { id: 1, title: "Emma" };
const list = [create(RecommendationSchema, { book })];

it("keeps a list by the book that was rated, the latest twenty", () => {
  const lists = setUp();
  for (let book = 1; book <= 21; book++) lists.set(book, list);
  lists.set(2, []);
  expect([lists.get(1), lists.get(2), lists.get(21), lists.get(22)]).toEqual([undefined, [], [book], undefined]);
});

it.each(["", "{", "{}", "[1]", '[["1", []]]', "[[1, [null]]]", '[[1, [{"id": "1"}]]]'])(
  "makes nothing of %j",
  (text) => {
    expect(setUp(text).get(1)).toBeUndefined();
  },
);

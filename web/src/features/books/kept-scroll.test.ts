import { expect, it } from "vitest";
import { createKeptScrolls } from "./kept-scroll.ts";

function setUp(initial: readonly (readonly [string, string])[] = []) {
  const stored = new Map(initial);
  const storage = { getItem: (key: string) => stored.get(key) ?? null, setItem: stored.set.bind(stored) };
  return createKeptScrolls(storage);
}

it("keeps how far each view is scrolled, and where it was", () => {
  const scrolls = setUp();
  scrolls.set("catalogue", { place: "dune in \n fantasy", top: 120.4 });
  scrolls.set("ratings", { place: "", top: 7 });
  expect(scrolls.get("catalogue")).toEqual({ place: "dune in \n fantasy", top: 120 });
  expect(scrolls.get("ratings")).toEqual({ place: "", top: 7 });
  expect(scrolls.get("orders")).toBeUndefined();
});

it.each(["", "x", "-1 a", "12"])("makes nothing of %j", (text) => {
  expect(setUp([["triptych-scroll-catalogue", text]]).get("catalogue")).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import { allCategoryNames } from "../services/recommendation/domain/all-category-names.ts";
import { categoryNames } from "../services/recommendation/domain/categories.ts";
import { chooseCategories } from "./choose-categories.ts";
import { isShelf } from "./is-shelf.ts";
import { TAG_CATEGORIES } from "./tag-categories.ts";

describe("the categories that tags name", () => {
  it("are those of the built-in catalogue and more, each once and with a name", () => {
    const ids = TAG_CATEGORIES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(categoryNames)));
    expect([...ids, "other"].sort()).toEqual(Object.keys(allCategoryNames).sort());
    expect(new Set(Object.values(allCategoryNames)).size).toBe(ids.length + 1);
  });

  it("have tags as they are written, each once in a category", () => {
    for (const { tags, weight } of TAG_CATEGORIES) {
      expect(new Set(tags).size).toBe(tags.length);
      expect(tags.every((tag) => tag === tag.toLowerCase() && tag !== "")).toBe(true);
      expect(weight).toBeGreaterThan(0);
    }
  });
});

describe("chooseCategories", () => {
  it("takes the three that most readers mean, the most fitting first, by any of their names", () => {
    expect(
      chooseCategories([
        ["to-read", 90_000],
        ["sci-fi", 300],
        ["science-fiction", 400],
        ["classics", 500],
        ["war", 400],
        ["humor", 290],
      ]),
    ).toEqual(["science-fiction", "war", "humor"]);
  });

  it("leaves out what few mean", () => {
    expect(
      chooseCategories([
        ["poetry", 100],
        ["horror", 10],
      ]),
    ).toEqual(["poetry"]);
  });

  it("takes what says little only where nothing says more", () => {
    expect(
      chooseCategories([
        ["fiction", 1_000],
        ["mystery", 300],
      ]),
    ).toEqual(["mystery"]);
    expect(chooseCategories([["fiction", 1_000]])).toEqual(["fiction"]);
    expect(chooseCategories([["to-read", 1_000]])).toEqual([]);
  });
});

describe("isShelf", () => {
  it.each([
    "to-read",
    "owned-books",
    "read-in-2015",
    "2016-reads",
    "kindle",
    "5-stars",
    "1001-books",
    "favourites",
    "--1-",
  ])("knows that %s is a mere shelf", (tag) => {
    expect(isShelf(tag)).toBe(true);
  });

  it.each(["science-fiction", "vampires", "children-s-books", "19th-century", "stephen-king", "книги"])(
    "knows that %s says something of a book",
    (tag) => {
      expect(isShelf(tag)).toBe(false);
    },
  );
});

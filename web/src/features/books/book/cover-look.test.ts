import fc from "fast-check";
import { expect, it } from "vitest";
import { coverLook } from "./cover-look.ts";

const dune = { id: 6, title: "The Dune Chronicles", categories: ["science-fiction", "adventure"] };

it("is the same for the same book", () => {
  expect(coverLook(dune)).toEqual(coverLook({ ...dune }));
});

it("keeps the books of a category within one colour family", () => {
  const hues = Array.from({ length: 200 }, (_, id) => coverLook({ ...dune, id }).hue);
  expect(Math.max(...hues) - Math.min(...hues)).toBeLessThan(30);
});

it("uses every ornament", () => {
  const ornaments = Array.from({ length: 50 }, (_, id) => coverLook({ ...dune, id }).ornament);
  expect(new Set(ornaments).size).toBe(6);
});

it.each([
  ["Dune", "large"],
  ["The Maltese Falcon", "medium"],
  ["Transmetropolitan", "tiny"],
  ["Slaughterhouse-Five", "tiny"],
  ["ノルウェイの森", "large"],
  ["Electroencephalography", "tiny"],
  ["The Definitive Book of Body Language", "medium"],
  ["The Five Dysfunctions of a Team and Other Stories of Leadership, Told by Those Who Were There", "tiny"],
  ["The 7 Habits of Highly Effective People", "small"],
])("sets %s %s", (title, size) => {
  expect(coverLook({ ...dune, title }).size).toBe(size);
});

it("gives every book there can be a hue of the circle", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.string(), fc.array(fc.string()), (id, title, categories) => {
      const { hue } = coverLook({ id, title, categories });
      return Number.isInteger(hue) && hue >= 0 && hue < 360;
    }),
  );
});

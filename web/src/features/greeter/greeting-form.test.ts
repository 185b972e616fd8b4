import fc from "fast-check";
import { expect, it } from "vitest";
import { blankForm, parseGreetingForm } from "./greeting-form.ts";

it("reads back what was written", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, language) => {
      expect(parseGreetingForm(JSON.stringify({ name, language }))).toEqual({ name, language });
    }),
  );
});

it("gives the blank form for anything that is no form", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(parseGreetingForm(json)).toEqual(blankForm);
    }),
  );
  const others = [null, "", "{", "null", '{"name":"Ada"}', '{"name":1,"language":"de"}'];
  expect(others.map(parseGreetingForm)).toEqual(others.map(() => blankForm));
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greet, greetAgain, greetGroup } from "./greet.ts";
import { SPOKEN_TAGS } from "./greeting-patterns.ts";

const tags = fc.constantFrom(...SPOKEN_TAGS);

describe("greet", () => {
  it.each([
    ["en", "Hello, Ada!"],
    ["es", "¡Hola, Ada!"],
    ["fr", "Bonjour, Ada\u202f!"],
    ["he", "שלום, Ada!"],
    ["ja", "こんにちは、Adaさん！"],
    ["zh-Hant", "你好，Ada！"],
  ] as const)("greets in %s", (language, message) => {
    expect(greet("Ada", language)).toEqual({ name: "Ada", language, message });
  });

  it.each(["$&", "$1", "$`", "{name}", "", " Ada "])("puts %j into the message as it is", (name) => {
    expect(greet(name, "en").message).toBe(`Hello, ${name}!`);
  });

  it("keeps any name whole in any language", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), tags, (name, language) => {
        expect(greet(name, language).message).toContain(name);
        expect(greetAgain(name, language).message).toContain(name);
      }),
    );
  });
});

describe("greetAgain", () => {
  it.each([
    ["en", "Hello again, Ada!"],
    ["de", "Hallo noch einmal, Ada!"],
    ["zh-Hans", "又见面了，Ada！"],
  ] as const)("greets in %s", (language, message) => {
    expect(greetAgain("Ada", language)).toEqual({ name: "Ada", language, message });
  });
});

describe("greetGroup", () => {
  it.each([
    ["en", "Ada, Bob, and Cy", "Hello, Ada, Bob, and Cy!"],
    ["de", "Ada, Bob und Cy", "Hallo, Ada, Bob und Cy!"],
    ["ar", "Ada وBob وCy", "مرحبًا، Ada وBob وCy!"],
    ["ja", "Ada、Bob、Cy", "Ada、Bob、Cyの皆さん、こんにちは！"],
    ["sw", "Ada, Bob na Cy", "Hamjambo, Ada, Bob na Cy!"],
  ] as const)("joins the names as %s does", (language, name, message) => {
    expect(greetGroup(["Ada", "Bob", "Cy"], language)).toEqual({ name, language, message });
  });

  it("greets two", () => {
    expect(greetGroup(["Ada", "Inés"], "es").message).toBe("¡Hola, Ada e Inés!");
  });

  it.each(SPOKEN_TAGS)("greets one alone as one in %s", (language) => {
    expect(greetGroup(["Ada"], language)).toEqual(greet("Ada", language));
  });

  it("names everyone, in order", () => {
    const names = fc.array(fc.stringMatching(/^[A-Z]{3}[0-9]{3}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(names, tags, (group, language) => {
        const { message } = greetGroup(group, language);
        expect(message.match(/[A-Z]{3}[0-9]{3}/g)).toEqual(group);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { allTypes, methodOf } from "../testing/all-types.ts";
import { emptyDraft, type FieldDraft, withField } from "./draft.ts";
import { readDraft, readText } from "./read-message.ts";

const sink = methodOf("Cook").input;
const draft = (name: string, value: FieldDraft) => withField(emptyDraft, name, value);

describe("a message written as JSON", () => {
  it("may be nothing at all, and have names of either kind", () => {
    expect(readText(sink, " ", allTypes)).toMatchObject({ json: {} });
    expect(readText(sink, '{"unsigned_big": "1", "asText": "x"}', allTypes)).toMatchObject({
      json: { unsignedBig: "1", asText: "x" },
    });
  });

  it.each([
    ["{", /^This is not JSON: /],
    ['{"big": 9007199254740993}', /^9007199254740993 is too long for a number in JSON: put it in quotes$/],
    ['{"small": 1, "small": 2}', /small/],
    ['{"spice": "CHILI"}', /^This is not a valid Sink: .*CHILI/],
    ['{"asText": "a", "asChild": {}}', /oneof/],
    ["[]", /^This is not a valid Sink: /],
    ['{"packed": {"@type": "type.googleapis.com/no.Type"}}', /no\.Type/],
  ])("may not be %s", (text, problem) => {
    expect(readText(sink, text, allTypes)).toMatchObject({ problem: expect.stringMatching(problem) });
  });

  it("may have long numbers inside of texts", () => {
    expect(readText(sink, '{"text": "9007199254740993 \\" 9007199254740993"}', allTypes)).toHaveProperty("message");
  });
});

describe("a message in a form", () => {
  it.each<[string, FieldDraft, string]>([
    ["span", "soon", 'must be seconds such as 1.5s: got "soon"'],
    ["mask", "a b,_c", 'must be fields in camel case, separated by commas, such as title,bookId: got "a b,_c"'],
    ["object", "[]", "is not a valid google.protobuf.Struct: [] is not an object"],
    ["anything", "{", "This is not JSON: "],
    ["wrapped", "1.5", "must be a whole number from "],
  ])("says what is wrong with %s = %j", (name, value, problem) => {
    const read = readDraft(sink, draft(name, value), allTypes);
    expect(read).toHaveProperty("problem", "One field needs another value.");
    expect("fields" in read && read.fields.get(name)).toContain(problem.slice(0, 24));
  });

  it("says it at the place where it is, inside of lists, maps and messages", () => {
    const wrong = draft("small", "x");
    const nested = withField(
      withField(draft("child", wrong), "children", {
        kind: "list",
        rows: [
          { id: 5, value: emptyDraft },
          { id: 9, value: wrong },
        ],
      }),
      "kids",
      {
        kind: "map",
        rows: [
          { id: 1, key: "1", value: wrong },
          { id: 2, key: "one", value: emptyDraft },
          { id: 3, key: "1", value: emptyDraft },
        ],
      },
    );
    const read = readDraft(sink, nested, allTypes);
    expect("fields" in read && [...read.fields.keys()]).toEqual([
      "child.small",
      "children[1].small",
      "kids[0].small",
      "kids[1].key",
      "kids[2].key",
    ]);
  });
});

describe("variables in a message", () => {
  const values = new Map([
    ["name", "Ada"],
    ["number", "7"],
  ]);

  it("are replaced in what is sent, and stay in what is kept", () => {
    const read = readText(sink, '{"text": "Hi {{name}}", "small": "{{number}}"}', allTypes, values);
    expect(read).toMatchObject({
      json: { text: "Hi Ada", small: 7 },
      written: { text: "Hi {{name}}", small: "{{number}}" },
    });
    const filled = readDraft(sink, draft("small", "{{number}}"), allTypes, values);
    expect(filled).toMatchObject({ json: { small: 7 }, written: { small: "{{number}}" } });
  });

  it("that are unknown are said at their field", () => {
    expect(readDraft(sink, draft("small", "{{nobody}}"), allTypes, values)).toMatchObject({
      fields: new Map([["small", expect.stringContaining('no variable "nobody"')]]),
    });
    expect(readText(sink, '{"text": "{{nobody}}"}', allTypes, values)).toMatchObject({
      problem: expect.stringContaining('no variable "nobody"'),
    });
  });

  it("have to be what their field takes", () => {
    expect(readDraft(sink, draft("small", "{{name}}"), allTypes, values)).toMatchObject({
      fields: new Map([["small", expect.stringContaining("must be a whole number")]]),
    });
  });
});

// @vitest-environment node
import { base64Encode } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compress } from "./compress.ts";
import { readSharedHash, type SharedCall, sharedHash } from "./shared-call.ts";

const hashOf = async (text: string) =>
  `#call=${base64Encode(await compress(new TextEncoder().encode(text), "deflate-raw"), "url")}`;

describe("a link with a call", () => {
  it("gives the call back, whatever it is", async () => {
    const text = fc.string({ unit: "grapheme" });
    const call = fc.record({
      method: text,
      request: fc.jsonValue({ noUnicodeString: false }),
      metadata: fc.array(fc.tuple(text, text), { maxLength: 3 }),
      deadline: text,
    }) as fc.Arbitrary<SharedCall>;
    await fc.assert(
      fc.asyncProperty(call, async (shared) => {
        const hash = await sharedHash(shared);
        expect(hash).toMatch(/^#call=[\w-]*$/);
        expect(JSON.stringify(await readSharedHash(hash))).toBe(JSON.stringify(shared));
      }),
    );
  });

  it("is short", async () => {
    const name = "Ada Lovelace";
    const hash = await sharedHash({
      method: "helloworld.Greeter/SayHello",
      request: { name },
      metadata: [],
      deadline: "",
    });
    expect(hash.length).toBeLessThan(100);
    const items = Array.from({ length: 200 }, (_, id) => ({ id, name }));
    expect((await sharedHash({ method: "a.B/C", request: { items }, metadata: [], deadline: "" })).length).toBeLessThan(
      1_500,
    );
  });

  it("is read only as far as it is whole", async () => {
    expect(await readSharedHash("")).toBeUndefined();
    expect(await readSharedHash("#section")).toBeUndefined();
    expect(await readSharedHash("#call=")).toBeUndefined();
    expect(await readSharedHash("#call=$$$")).toBeUndefined();
    expect(await readSharedHash("#call=AAAA")).toBeUndefined();
    for (const json of [
      "{}",
      "[]",
      '["a",{},[["x"]],""]',
      '["a",{},{},""]',
      "[1,{},[],1]",
      '["a",{},[[1,2]],""]',
      "nonsense",
    ]) {
      expect(await readSharedHash(await hashOf(json)), json).toBeUndefined();
    }
  });

  it("may be as large as the limit, and no larger", async () => {
    const around = JSON.stringify(["a", "", [], ""]).length;
    const largest = "x".repeat(1_000_000 - around);
    expect(await readSharedHash(await hashOf(JSON.stringify(["a", largest, [], ""])))).toMatchObject({
      request: largest,
    });
    expect(await readSharedHash(await hashOf(JSON.stringify(["a", `${largest}x`, [], ""])))).toBeUndefined();
  });

  it("may not become large", async () => {
    const bomb = await hashOf(JSON.stringify(["a", "x".repeat(20_000_000), [], ""]));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await readSharedHash(bomb)).toBeUndefined();
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HpackDecoder } from "./hpack-decoder.ts";

const BOUNDS = { maxHeaderListSize: 16_384, maxHeaderCount: 128 };

function decode(decoder: HpackDecoder, hex: string): string[] {
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  return decoder.decode(bytes, 0, bytes.length).map(({ name, value }) => `${name}: ${value}`);
}

const REQUEST_1 = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];
const REQUEST_2 = [...REQUEST_1, "cache-control: no-cache"];
const REQUEST_3 = [
  ":method: GET",
  ":scheme: https",
  ":path: /index.html",
  ":authority: www.example.com",
  "custom-key: custom-value",
];
const RESPONSE_1 = [
  ":status: 302",
  "cache-control: private",
  "date: Mon, 21 Oct 2013 20:13:21 GMT",
  "location: https://www.example.com",
];
const RESPONSE_2 = [":status: 307", ...RESPONSE_1.slice(1)];
const RESPONSE_3 = [
  ":status: 200",
  "cache-control: private",
  "date: Mon, 21 Oct 2013 20:13:22 GMT",
  "location: https://www.example.com",
  "content-encoding: gzip",
  "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
];
/** An update of the size of the table to 256, which the responses of the RFC take for granted. */
const TO_256 = "3f e1 01";

describe("the examples of RFC 7541, appendix C", () => {
  it.each([
    ["C.2.1", "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572", "custom-key: custom-header"],
    ["C.2.2", "040c 2f73 616d 706c 652f 7061 7468", ":path: /sample/path"],
    ["C.2.3", "1008 7061 7373 776f 7264 0673 6563 7265 74", "password: secret"],
    ["C.2.4", "82", ":method: GET"],
  ])("%s is decoded", (_section, hex, field) => {
    expect(decode(new HpackDecoder(BOUNDS), hex)).toEqual([field]);
  });

  it.each([
    [
      "C.3, without Huffman code",
      [
        ["8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d", REQUEST_1],
        ["8286 84be 5808 6e6f 2d63 6163 6865", REQUEST_2],
        ["8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65", REQUEST_3],
      ],
    ],
    [
      "C.4, with Huffman code",
      [
        ["8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff", REQUEST_1],
        ["8286 84be 5886 a8eb 1064 9cbf", REQUEST_2],
        ["8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf", REQUEST_3],
      ],
    ],
    [
      "C.5, with evictions",
      [
        [
          `${TO_256} 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120
           474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`,
          RESPONSE_1,
        ],
        ["4803 3330 37c1 c0bf", RESPONSE_2],
        [
          `88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d
           4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572
           7369 6f6e 3d31`,
          RESPONSE_3,
        ],
      ],
    ],
    [
      "C.6, with both",
      [
        [
          `${TO_256} 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718
           63c7 8f0b 97c8 e9ae 82ae 43d3`,
          RESPONSE_1,
        ],
        ["4883 640e ffc1 c0bf", RESPONSE_2],
        [
          `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf
           cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`,
          RESPONSE_3,
        ],
      ],
    ],
  ] as const)("%s: blocks are decoded one after the other", (_section, blocks) => {
    const decoder = new HpackDecoder(BOUNDS);
    for (const [hex, fields] of blocks) expect(decode(decoder, hex.replaceAll(/\s/g, ""))).toEqual(fields);
  });
});

describe("a block that is none", () => {
  it.each([
    ["index 0", "80"],
    ["an index behind the tables", "be"],
    ["a name behind the tables", "7e 00"],
    ["a literal without name and value", "40"],
    ["a literal without a value", "40 01 61"],
    ["a name that does not end", "40 05 61"],
    ["a value that does not end", "40 01 61 05 62"],
    ["an integer that does not end", "ff 80"],
    ["an integer of more than 28 bits", "ff 80 80 80 80 01"],
    ["a Huffman code with more than 7 bits of padding", "00 01 61 82 1f ff"],
    ["a Huffman code padded with zeros", "00 01 61 81 18"],
    ["an end of string inside a Huffman code", "00 01 61 84 ff ff ff ff"],
    ["a size update behind a header", "82 20"],
    ["a table that is larger than was allowed", "3f e2 1f"],
  ])("is rejected: %s", (_what, hex) => {
    expect(() => decode(new HpackDecoder(BOUNDS), hex)).toThrow(expect.objectContaining({ code: 9 }));
  });
});

it("takes a table of just the size that was allowed, and several updates before the first header", () => {
  expect(decode(new HpackDecoder(BOUNDS), "20 3f e1 1f 82")).toEqual([":method: GET"]);
});

it("empties the table for an entry that is larger than it", () => {
  const decoder = new HpackDecoder(BOUNDS);
  decode(decoder, "40 01 61 01 62");
  const large = Buffer.concat([Buffer.from("40 01 61 7f e1 1f".replaceAll(" ", ""), "hex"), Buffer.alloc(4_192, "b")]);
  decoder.decode(large, 0, large.length);
  expect(() => decode(decoder, "be")).toThrow();
});

describe("bounds", () => {
  it.each([
    ["headers", { maxHeaderListSize: 16_384, maxHeaderCount: 3 }, 3],
    ["bytes", { maxHeaderListSize: 3 * (1 + 1 + 32), maxHeaderCount: 128 }, 3],
  ])("of %s hold at N and not at N + 1", (_what, bounds, count) => {
    const decoder = new HpackDecoder(bounds);
    decode(decoder, "0001610162".repeat(count));
    expect(decoder.isOverBounds).toBe(false);
    decode(decoder, "0001610162".repeat(count + 1));
    expect(decoder.isOverBounds).toBe(true);
  });

  it("keep the table in step all the same", () => {
    const decoder = new HpackDecoder({ maxHeaderListSize: 16_384, maxHeaderCount: 1 });
    decode(decoder, "82 40 01 61 01 62");
    expect(decoder.isOverBounds).toBe(true);
    expect(decode(decoder, "be")).toEqual(["a: b"]);
  });
});

it("says whether the table has changed", () => {
  const decoder = new HpackDecoder(BOUNDS);
  const { generation } = decoder;
  decode(decoder, "82 00 01 61 01 62 10 01 61 01 62");
  expect(decoder.generation).toBe(generation);
  decode(decoder, "40 01 61 01 62");
  expect(decoder.generation).not.toBe(generation);
});

it("throws nothing but connection errors, whatever it is given", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (blocks) => {
      const decoder = new HpackDecoder(BOUNDS);
      for (const block of blocks) {
        try {
          decoder.decode(Buffer.from(block), 0, block.length);
        } catch (error) {
          expect(error).toMatchObject({ code: 9 });
          return;
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

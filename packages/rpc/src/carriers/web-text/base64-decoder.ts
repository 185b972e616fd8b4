/** Decodes base64 that comes in chunks cut anywhere. */
export interface Base64Decoder {
  /**
   * Decodes what is complete with this chunk.
   * @throws MalformedBase64 at the first bad character.
   */
  decode(chunk: Uint8Array): Uint8Array;
  /** @throws MalformedBase64 when characters are missing from the last quad. */
  finish(): void;
}

/** The text is no standard, padded base64, nor several such runs one after the other. */
export class MalformedBase64 extends Error {
  override name = "MalformedBase64";
}

const PAD = 0x3d;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NO_VALUE = 255;

const values = new Uint8Array(256).fill(NO_VALUE);
for (let value = 0; value < ALPHABET.length; value++) values[ALPHABET.charCodeAt(value)] = value;

/** Creates a decoder. Padding may end any quad, not only the last: then another run of base64 begins. */
export function createBase64Decoder(): Base64Decoder {
  let bits = 0;
  /** How many characters of the quad have come, of which how many were padding. */
  let have = 0;
  let padding = 0;

  function take(character: number): void {
    if (character === PAD && have >= 2) padding += 1;
    else if (padding > 0 || values[character] === NO_VALUE) {
      throw new MalformedBase64(describe(padding > 0 ? PAD : character));
    }
    bits = (bits << 6) | (character === PAD ? 0 : (values[character] ?? 0));
    have += 1;
  }

  return {
    decode(chunk) {
      const out = new Uint8Array(Math.floor((have + chunk.length) / 4) * 3);
      let length = 0;
      for (const character of chunk) {
        take(character);
        if (have < 4) continue;
        out[length] = bits >> 16;
        out[length + 1] = bits >> 8;
        out[length + 2] = bits;
        length += 3 - padding;
        bits = have = padding = 0;
      }
      return out.subarray(0, length);
    },
    finish() {
      if (have > 0) throw new MalformedBase64(`base64 must come in groups of 4 characters: got ${have} at the end`);
    },
  };
}

function describe(character: number): string {
  if (character === PAD) return 'base64 must have "=" only at the end of a group of 4 characters';
  return `base64 must have A to Z, a to z, 0 to 9, "+" and "/": got byte ${character}`;
}

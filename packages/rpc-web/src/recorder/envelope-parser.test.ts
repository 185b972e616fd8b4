import fc from "fast-check";
import { expect, it } from "vitest";
import { createEnvelopeParser } from "./envelope-parser.ts";

const frames = fc.array(fc.record({ flag: fc.nat(255), payload: fc.uint8Array({ maxLength: 40 }) }), { maxLength: 8 });
const cuts = fc.array(fc.nat(300), { maxLength: 12 });

function envelope({ flag, payload }: { readonly flag: number; readonly payload: Uint8Array }): Uint8Array {
  const bytes = new Uint8Array(5 + payload.length);
  new DataView(bytes.buffer).setUint8(0, flag);
  new DataView(bytes.buffer).setUint32(1, payload.length);
  bytes.set(payload, 5);
  return bytes;
}

function chunks(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

it("gives the frames that were put together, wherever the bytes are cut", () => {
  fc.assert(
    fc.property(frames, cuts, (given, places) => {
      const parser = createEnvelopeParser(100);
      const got = chunks(join(given.map(envelope)), places).flatMap((chunk) => parser.push(chunk));
      expect(got.map(({ flag, payload }) => ({ flag, payload: [...payload] }))).toEqual(
        given.map(({ flag, payload }) => ({ flag, payload: [...payload] })),
      );
      expect(parser.end()).toEqual([]);
    }),
  );
});

it("keeps the beginning of a payload and its whole length", () => {
  fc.assert(
    fc.property(frames, cuts, fc.nat(20), (given, places, keep) => {
      const parser = createEnvelopeParser(keep);
      const got = chunks(join(given.map(envelope)), places).flatMap((chunk) => parser.push(chunk));
      expect(got.map(({ length }) => length)).toEqual(given.map(({ payload }) => payload.length));
      expect(got.map(({ payload }) => [...payload])).toEqual(given.map(({ payload }) => [...payload.slice(0, keep)]));
    }),
  );
});

it("gives what is left of a frame at the end as incomplete", () => {
  fc.assert(
    fc.property(fc.nat(255), fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (flag, payload, seed) => {
      const whole = envelope({ flag, payload });
      const arrived = whole.subarray(0, 5 + (seed % payload.length));
      const parser = createEnvelopeParser(100);
      expect(parser.push(arrived)).toEqual([]);
      expect(parser.end()).toEqual([{ flag, length: payload.length, payload: arrived.slice(5), incomplete: true }]);
    }),
  );
});

it("does not guess at a prefix that is cut off", () => {
  const parser = createEnvelopeParser(100);
  parser.push(Uint8Array.of(0, 0, 0));
  expect(parser.end()).toEqual([{ flag: undefined, length: 3, payload: new Uint8Array(3), incomplete: true }]);
});

it("makes no room for a length that is only announced", () => {
  const parser = createEnvelopeParser(65_536);
  expect(parser.push(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff, 7))).toEqual([]);
  expect(parser.end()).toEqual([{ flag: 0, length: 4_294_967_295, payload: Uint8Array.of(7), incomplete: true }]);
});

it("copies, so that the bytes may be used for something else afterwards", () => {
  const bytes = envelope({ flag: 0, payload: Uint8Array.of(1, 2) });
  const [frame] = createEnvelopeParser(100).push(bytes);
  bytes.fill(9);
  expect(frame?.payload).toEqual(Uint8Array.of(1, 2));
});

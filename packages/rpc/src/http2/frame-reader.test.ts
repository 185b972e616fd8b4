import { frame, PREFACE } from "@triptych/testkit/http2/http2-frames.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";

/** Takes frames; after each `pauseAfter` of them it wants no more until it is resumed. */
class Sink {
  readonly frames: string[] = [];
  readonly pauseAfter: number;
  private left: number;
  constructor(pauseAfter: number) {
    this.pauseAfter = pauseAfter;
    this.left = pauseAfter;
  }

  get takesFrames(): boolean {
    return this.left > 0;
  }

  resume(): void {
    this.left = this.pauseAfter;
  }

  takeFrame({ type, flags, stream, payload }: Frame): void {
    this.left -= 1;
    this.frames.push(`${type} ${flags} ${stream} ${payload.toString("hex")}`);
  }
}

const anyFrame = fc.record({
  type: fc.integer({ min: 0, max: 255 }),
  flags: fc.integer({ min: 0, max: 255 }),
  stream: fc.integer({ min: 0, max: 0xffff_ffff }),
  payload: fc.uint8Array({ maxLength: 40 }),
});

it("reads the same frames wherever chunks are cut, and whenever it is paused", () => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 12 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
      fc.integer({ min: 1, max: 5 }),
      (frames, sizes, pauseAfter) => {
        const bytes = Buffer.concat([PREFACE, ...frames.map((f) => frame(f.type, f.flags, f.stream, f.payload))]);
        const sink = new Sink(pauseAfter);
        const reader = new FrameReader(sink);
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value ?? 1;
          const chunk = Buffer.from(bytes.subarray(at, at + size));
          let read = reader.read(chunk, 0);
          while (read < chunk.length || !sink.takesFrames) {
            sink.resume();
            read = reader.read(chunk, read);
          }
          // Nothing may read a chunk again.
          chunk.fill(0xee);
          at += size;
        }
        expect(sink.frames).toEqual(
          frames.map(
            (f) => `${f.type} ${f.flags} ${(f.stream & 0x7fff_ffff) >>> 0} ${Buffer.from(f.payload).toString("hex")}`,
          ),
        );
      },
    ),
  );
});

describe("a preface", () => {
  it("is read byte by byte", () => {
    const reader = new FrameReader(new Sink(1));
    for (const byte of PREFACE) reader.read(Buffer.of(byte), 0);
    expect(reader.hasPreface).toBe(true);
  });

  it.each([0, 10, 23])("that differs at byte %i is rejected there", (at) => {
    const bytes = Buffer.from(PREFACE);
    bytes[at] = 0x20 ^ (bytes[at] ?? 0);
    const reader = new FrameReader(new Sink(1));
    reader.read(bytes.subarray(0, at), 0);
    expect(() => reader.read(bytes.subarray(at, at + 1), 0)).toThrow(expect.objectContaining({ code: 1 }));
  });
});

describe("a frame", () => {
  function read(length: number) {
    const sink = new Sink(1);
    const reader = new FrameReader(sink);
    reader.read(PREFACE, 0);
    reader.read(frame(0, 0, 1, Buffer.alloc(length)), 0);
    return sink.frames.length;
  }

  it("of 16,384 bytes is read", () => {
    expect(read(16_384)).toBe(1);
  });

  it("of 16,385 bytes is a connection error of type FRAME_SIZE_ERROR", () => {
    expect(() => read(16_385)).toThrow(expect.objectContaining({ code: 6 }));
  });
});

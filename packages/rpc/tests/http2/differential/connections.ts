import {
  frame,
  goAway,
  PREFACE,
  ping,
  rstStream,
  settings,
  settingsAck,
  windowUpdate,
} from "@triptych/testkit/http2/http2-frames.ts";
import fc from "fast-check";
import { FrameFlag, FrameType } from "../../../src/http2/frame.ts";

/** What a client sends: frames behind the preface, of which some belong next to each other. */
export type Script = readonly (readonly Buffer[])[];

type Field = readonly [name: string, value: string];
/** How a header is written (RFC 7541, section 6.2). */
type Form = "plain" | "never" | "indexed";

interface StreamScript {
  readonly fields: readonly (readonly [field: Field, form: Form])[];
  readonly blockParts: number;
  readonly isPadded: boolean;
  readonly hasPriority: boolean;
  readonly bodies: readonly Uint8Array[];
  readonly end: "headers" | "data" | "empty" | "trailers" | "reset" | "none";
  readonly promise: "right" | "none";
}

const form = fc.constantFrom<Form[]>("plain", "never", "indexed");
const fieldName = fc.stringMatching(/^x-[a-z]{0,6}$/);
const fieldValue = fc.oneof(fc.stringMatching(/^[!-~]{0,12}$/), fc.constant("a, b"), fc.constant("\u00e9"));

const streamScript: fc.Arbitrary<StreamScript> = fc.record({
  fields: fc.array(fc.tuple(fc.tuple(fieldName, fieldValue), form), { maxLength: 5 }),
  blockParts: fc.integer({ min: 1, max: 3 }),
  isPadded: fc.boolean(),
  hasPriority: fc.boolean(),
  bodies: fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }),
  end: fc.constantFrom("headers", "data", "empty", "trailers", "reset", "none"),
  promise: fc.constantFrom("right", "none"),
});

const control = fc.oneof(
  fc.uint8Array({ minLength: 8, maxLength: 8 }).map((payload) => ping(0, payload)),
  fc.constantFrom(
    settings(),
    settings([[1, 0]]),
    settings([[1, 4_096]]),
    settings([
      [2, 0],
      [3, 100],
      [6, 1_000],
    ]),
    settings([[4, 65_535]]),
    settings([[4, 100_000]]),
    settings([[5, 16_384]]),
    settings([[0x99, 7]]),
    windowUpdate(0, 1_000),
    frame(FrameType.priority, 0, 1, Buffer.from([0, 0, 0, 0, 1])),
    frame(FrameType.priority, 0, 99, Buffer.from([0, 0, 0, 3, 1])),
    frame(0x7f, 0xff, 0, Buffer.from("unknown")),
    frame(0x7f, 0xff, 1),
  ),
);

/** Connections that keep to the protocol: streams whose frames alternate, with other frames in between. */
export const validScript: fc.Arbitrary<Script> = fc
  .record({
    streams: fc.array(streamScript, { minLength: 1, maxLength: 5 }),
    controls: fc.array(control, { maxLength: 5 }),
    order: fc.infiniteStream(fc.nat(1_000)),
  })
  .map(({ streams, controls, order }) => {
    const table = new Table();
    const heads: Buffer[][] = [];
    const rests: Buffer[][] = [];
    streams.forEach((script, index) => {
      const id = 2 * index + 1;
      heads.push(headFrames(script, id, table));
      rests.push(restFrames(script, id));
    });
    return merge(heads, rests, controls, order);
  });

/** Merges the frames of streams: each begins in its order, and goes on whenever it is its turn. */
function merge(
  heads: readonly (readonly Buffer[])[],
  rests: Buffer[][],
  controls: readonly Buffer[],
  order: Iterator<number>,
): Script {
  const groups: (readonly Buffer[])[] = [];
  const opened: Buffer[][] = [controls.map((each) => each)];
  let begun = 0;
  const left = () => begun < heads.length || opened.some((frames) => frames.length > 0);
  while (left()) {
    const choice = (order.next().value ?? 0) % (opened.length + 1);
    const head = heads[begun];
    if (choice === opened.length && head !== undefined) {
      groups.push(head);
      opened.push(rests[begun] ?? []);
      begun += 1;
    } else {
      const next = opened[choice]?.shift();
      if (next !== undefined) groups.push([next]);
    }
  }
  return groups;
}

/** The table of an encoder, so that later blocks can refer to what earlier ones wrote into it. */
class Table {
  private entries: Field[] = [];

  encode([name, value]: Field, how: Form): Buffer {
    const index = this.entries.findIndex((entry) => entry[0] === name && entry[1] === value);
    if (index >= 0) return Buffer.of(0x80 | (62 + index));
    if (how !== "indexed") return Buffer.concat([Buffer.of(how === "plain" ? 0 : 0x10), string(name), string(value)]);
    this.entries = [[name, value] satisfies Field, ...this.entries].slice(0, 40);
    return Buffer.concat([Buffer.of(0x40), string(name), string(value)]);
  }
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function headFrames(script: StreamScript, id: number, table: Table): Buffer[] {
  const { fields, blockParts, isPadded, hasPriority, end, promise } = script;
  const hasBody = end !== "headers";
  const length = script.bodies.reduce((sum, body) => sum + body.length, 0);
  const list: (readonly [Field, Form])[] = [
    [[":method", hasBody ? "POST" : "GET"], "plain"],
    [[":scheme", "http"], "indexed"],
    [[":path", `/${id}`], "plain"],
    [[":authority", "localhost"], "indexed"],
    ...fields,
  ];
  const isWhole = end === "data" || end === "empty" || end === "trailers";
  if (promise === "right" && isWhole) list.push([["content-length", String(length)], "plain"]);
  const block = Buffer.concat(list.map(([field, how]) => table.encode(field, how)));
  const size = Math.ceil(block.length / blockParts);
  return Array.from({ length: blockParts }, (_, index) => {
    const part = block.subarray(index * size, (index + 1) * size);
    const last = index === blockParts - 1 ? FrameFlag.endHeaders : 0;
    if (index > 0) return frame(FrameType.continuation, last, id, part);
    const flags = last | (hasBody ? 0 : FrameFlag.endStream);
    return frame(
      FrameType.headers,
      flags | (isPadded ? FrameFlag.padded : 0) | (hasPriority ? FrameFlag.priority : 0),
      id,
      pad(hasPriority ? Buffer.concat([Buffer.from([0, 0, 0, 0, 15]), part]) : part, isPadded),
    );
  });
}

function restFrames({ bodies, isPadded, end }: StreamScript, id: number): Buffer[] {
  if (end === "headers") return [];
  const flags = isPadded ? FrameFlag.padded : 0;
  const frames = bodies.map((body) => frame(FrameType.data, flags, id, pad(Buffer.from(body), isPadded)));
  if (end === "data" && bodies.length > 0) {
    frames.pop();
    const last = bodies.at(-1) ?? new Uint8Array();
    frames.push(frame(FrameType.data, flags | FrameFlag.endStream, id, pad(Buffer.from(last), isPadded)));
  } else if (end === "data" || end === "empty") frames.push(frame(FrameType.data, FrameFlag.endStream, id));
  else if (end === "trailers") frames.push(frame(FrameType.headers, 5, id, Buffer.from("\0\x03x-t\x01y", "latin1")));
  else if (end === "reset") frames.push(rstStream(id));
  return frames;
}

function pad(payload: Buffer, isPadded: boolean): Buffer {
  return isPadded ? Buffer.concat([Buffer.of(3), payload, Buffer.alloc(3)]) : payload;
}

/** Frames that break the protocol wherever they come, or nearly so. */
const hostile = fc.constantFrom(
  frame(FrameType.data, 1, 0, Buffer.from("a")),
  frame(FrameType.data, 1, 2, Buffer.from("a")),
  frame(FrameType.data, 1, 999, Buffer.from("a")),
  frame(FrameType.data, 9, 1, Buffer.of(200, 1)),
  frame(FrameType.headers, 5, 0, Buffer.of(0x82)),
  frame(FrameType.headers, 5, 4, Buffer.of(0x82, 0x84, 0x86)),
  frame(FrameType.headers, 5, 101, Buffer.of(0x80)),
  frame(FrameType.headers, 5, 101, Buffer.of(0x82, 0x84)),
  frame(FrameType.headers, 5, 101, Buffer.of(0x82, 0x84, 0x86, 0x82)),
  frame(FrameType.headers, 5, 101, Buffer.of(0x82, 0x84, 0x86, 0xfe)),
  frame(FrameType.headers, 5, 101, Buffer.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
  frame(FrameType.headers, 0, 101, Buffer.of(0x82)),
  frame(FrameType.rstStream, 0, 0, Buffer.alloc(4)),
  frame(FrameType.rstStream, 0, 999, Buffer.alloc(4)),
  frame(FrameType.rstStream, 0, 1, Buffer.alloc(3)),
  frame(FrameType.settings, 0, 1),
  frame(FrameType.settings, 0, 0, Buffer.alloc(5)),
  settings([[2, 2]]),
  settings([[4, 0x8000_0000]]),
  settings([[5, 1]]),
  frame(FrameType.pushPromise, 4, 1, Buffer.from([0, 0, 0, 2, 0x82])),
  frame(FrameType.ping, 0, 0, Buffer.alloc(7)),
  frame(FrameType.ping, 0, 1, Buffer.alloc(8)),
  frame(FrameType.goAway, 0, 0, Buffer.alloc(4)),
  frame(FrameType.goAway, 0, 1, Buffer.alloc(8)),
  goAway(),
  windowUpdate(0, 0),
  windowUpdate(0, 0x7fff_ffff),
  windowUpdate(1, 0),
  windowUpdate(1, 0x7fff_ffff),
  windowUpdate(999, 1),
  frame(FrameType.continuation, 4, 1),
  frame(FrameType.priority, 0, 0, Buffer.alloc(5)),
);

/** How a connection that keeps to the protocol is changed into one that may not. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), frame: hostile }),
  fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant("drop" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("byte" as const), at: fc.nat(), value: fc.integer({ min: 1, max: 255 }) }),
);

/** Connections of which a few frames or bytes are wrong. */
export const mutatedScript: fc.Arbitrary<readonly Buffer[]> = fc
  .tuple(validScript, fc.array(mutation, { minLength: 1, maxLength: 2 }))
  .map(([script, mutations]) => {
    let frames = script.flat();
    for (const each of mutations) {
      const at = each.at % (frames.length + 1);
      if (each.kind === "insert") frames = frames.toSpliced(at, 0, each.frame);
      else if (each.kind === "repeat")
        frames = frames.toSpliced(each.to % (frames.length + 1), 0, ...frames.slice(at, at + 1));
      else if (each.kind === "drop") frames = frames.toSpliced(at, 1);
      else frames = flip(frames, each.at, each.value);
    }
    return frames;
  });

function flip(frames: readonly Buffer[], at: number, value: number): Buffer[] {
  const bytes = Buffer.concat(frames);
  const index = at % Math.max(1, bytes.length);
  if (bytes.length > 0) bytes[index] = (bytes[index] ?? 0) ^ value;
  return [bytes];
}

const GREETING = Buffer.concat([PREFACE, settings(), settingsAck]);

/** The bytes of a connection, up to the end of its last frame: what is missing of that is zeros. */
export function bytesOf(frames: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(frames);
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < 9) return Buffer.concat([GREETING, bytes, Buffer.alloc(9 - (bytes.length - at))]);
    const end = at + 9 + bytes.readUIntBE(at, 3);
    // One that is too large is an error as soon as its header is read.
    if (end - at > 9 + 16_384) break;
    at = end;
  }
  return Buffer.concat([GREETING, bytes, Buffer.alloc(Math.max(0, at - bytes.length))]);
}

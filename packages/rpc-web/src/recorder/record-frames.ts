import type { CarrierFrame, FrameMeaning } from "./call-recorder.ts";
import { readOutcome } from "./call-status.ts";
import { createDirectionParser, type DirectionParser } from "./direction-parser.ts";
import { FrameList } from "./frame-list.ts";
import { frameMeaning } from "./frame-meaning.ts";
import type { ParsedFrame } from "./frame-parser.ts";
import type { Direction, RecordedCall } from "./recorded-call.ts";
import type { RecordedFormat } from "./recorded-format.ts";
import type { RecorderLimits } from "./recorder-limits.ts";

/** A call that is being recorded, before it is shown. */
export type CallDraft = { -readonly [K in keyof RecordedCall]: RecordedCall[K] };

/** Makes frames of what a call sends and receives, and counts them and their bytes in its draft. */
export class FrameRecord {
  /** The frames that are kept. */
  list: FrameList;
  private readonly draft: CallDraft;
  private readonly now: () => number;
  private readonly limits: RecorderLimits;
  private readonly parsers: Record<Direction, DirectionParser>;
  /** How many frames of a meaning have crossed in a direction, kept or not. */
  private readonly counts: Record<Direction, Partial<Record<FrameMeaning, number>>> = { sent: {}, received: {} };

  constructor(draft: CallDraft, format: RecordedFormat, now: () => number, limits: RecorderLimits) {
    this.draft = draft;
    this.now = now;
    this.limits = limits;
    this.list = new FrameList(limits.framesPerCall);
    this.parsers = {
      sent: createDirectionParser(format, limits.payloadBytes),
      received: createDirectionParser(format, limits.payloadBytes),
    };
  }

  /** How many bytes the frames keep, roughly, those among them that are not complete. */
  get keptBytes(): number {
    return this.list.bytes + this.parsers.sent.held + this.parsers.received.held;
  }

  /** The response has this format, from its first byte on. */
  expectFormat(format: RecordedFormat): void {
    this.parsers.received = createDirectionParser(format, this.limits.payloadBytes);
  }

  /** Bytes have crossed, which need not be whole frames. */
  addChunk(direction: Direction, chunk: Uint8Array): void {
    this.countBytes(direction, chunk.length);
    this.addParsed(direction, this.parsers[direction].push(chunk));
  }

  /** A frame of the carrier has crossed. */
  addCarrierFrame(direction: Direction, { flag, meaning, payload, size }: CarrierFrame): void {
    this.countBytes(direction, size);
    const kept = new Uint8Array(payload.subarray(0, this.limits.payloadBytes));
    this.add(direction, meaning, { flag, length: payload.length, payload: kept, incomplete: false }, this.time());
  }

  /** Nothing more crosses; `complete` when all has that was to. */
  end(direction: Direction, complete: boolean): void {
    this.addParsed(direction, this.parsers[direction].end(complete));
  }

  /** Forgets everything. */
  clear(): void {
    this.list = new FrameList(0);
    this.parsers.sent.end(true);
    this.parsers.received.end(true);
  }

  private countBytes(direction: Direction, count: number): void {
    if (direction === "sent") this.draft.sentBytes += count;
    else this.draft.receivedBytes += count;
  }

  private addParsed(direction: Direction, frames: readonly ParsedFrame[]): void {
    if (frames.length === 0) return;
    const at = this.time();
    for (const frame of frames) {
      const isError = direction === "received" && isConnectUnary(this.draft) && this.draft.httpStatus !== 200;
      const meaning = isError ? "error" : frameMeaning(this.parsers[direction].format.framing, frame.flag);
      this.add(direction, meaning, frame, at);
    }
  }

  private time(): number {
    return this.now() - this.draft.startedAt;
  }

  private add(direction: Direction, meaning: FrameMeaning, frame: ParsedFrame, at: number): void {
    const { draft, list } = this;
    const { flag, length, payload, incomplete } = frame;
    const { codec } = this.parsers[direction].format;
    if (direction === "sent") draft.sentFrames += 1;
    else draft.receivedFrames += 1;
    const number = draft.sentFrames + draft.receivedFrames;
    const numberOfKind = (this.counts[direction][meaning] ?? 0) + 1;
    this.counts[direction][meaning] = numberOfKind;
    list.add({ number, numberOfKind, direction, at, flag, meaning, codec, length, payload, incomplete });
    while (list.bytes > this.limits.callBytes) list.dropOldest();
    if (meaning === "message") return;
    if (direction === "received" && !incomplete) Object.assign(draft, readOutcome(meaning, payload));
  }
}

/** Whether a call is a unary one of Connect, whose messages are the bodies themselves. */
export function isConnectUnary({ protocol, framing }: RecordedCall): boolean {
  return framing === "body" && (protocol === "connect" || protocol === "connect-json");
}

import type { CarrierFrame, FrameMeaning } from "./call-recorder.ts";
import { readOutcome } from "./call-status.ts";
import { createDirectionParser } from "./direction-parser.ts";
import { createFrameList } from "./frame-list.ts";
import { frameMeaning } from "./frame-meaning.ts";
import type { ParsedFrame } from "./frame-parser.ts";
import type { Direction, RecordedCall, RecordedFrame } from "./recorded-call.ts";
import type { RecordedFormat } from "./recorded-format.ts";
import type { RecorderLimits } from "./recorder-limits.ts";

/** A call that is being recorded, before it is shown. */
export type CallDraft = { -readonly [K in keyof RecordedCall]: RecordedCall[K] };

/** Makes frames of what a call sends and receives, and counts them and their bytes in its draft. */
export class FrameRecord {
  /** How many bytes the frames keep, roughly. */
  keptBytes = 0;
  private readonly draft: CallDraft;
  private readonly now: () => number;
  private readonly limits: RecorderLimits;
  private readonly list;
  private readonly parsers;

  constructor(draft: CallDraft, format: RecordedFormat, now: () => number, limits: RecorderLimits) {
    this.draft = draft;
    this.now = now;
    this.limits = limits;
    this.list = createFrameList(limits.framesPerCall);
    this.parsers = {
      sent: createDirectionParser(format, limits.payloadBytes),
      received: createDirectionParser(format, limits.payloadBytes),
    };
  }

  /** The frames that are kept. */
  get frames(): readonly RecordedFrame[] {
    return [...this.list.frames];
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
    this.add(direction, meaning, { flag, length: payload.length, payload: kept, incomplete: false });
  }

  /** Nothing more crosses; `complete` when all has that was to. */
  end(direction: Direction, complete: boolean): void {
    this.addParsed(direction, this.parsers[direction].end(complete));
  }

  private countBytes(direction: Direction, count: number): void {
    if (direction === "sent") this.draft.sentBytes += count;
    else this.draft.receivedBytes += count;
  }

  private addParsed(direction: Direction, frames: readonly ParsedFrame[]): void {
    for (const frame of frames) {
      const isError = direction === "received" && isConnectUnary(this.draft) && this.draft.httpStatus !== 200;
      const meaning = isError ? "error" : frameMeaning(this.parsers[direction].format.framing, frame.flag);
      this.add(direction, meaning, frame);
    }
  }

  private add(direction: Direction, meaning: FrameMeaning, frame: ParsedFrame): void {
    const { draft } = this;
    const at = this.now() - draft.startedAt;
    const { codec } = this.parsers[direction].format;
    if (direction === "sent") draft.sentFrames += 1;
    else draft.receivedFrames += 1;
    const number = draft.sentFrames + draft.receivedFrames;
    this.keptBytes += this.list.add({ ...frame, number, direction, at, meaning, codec });
    if (direction === "received" && !frame.incomplete) Object.assign(draft, readOutcome(meaning, frame.payload));
  }
}

/** Whether a call is a unary one of Connect, whose messages are the bodies themselves. */
export function isConnectUnary({ protocol, framing }: RecordedCall): boolean {
  return framing === "body" && (protocol === "connect" || protocol === "connect-json");
}

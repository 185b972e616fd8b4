import type { RecordedFrame } from "./recorded-call.ts";

/** What a frame without payload takes, roughly: its object, its time, and the array of the payload with the buffer of that, 320 to 344 bytes, and its places in lists. */
const FRAME_OVERHEAD = 400;

/** The frames of a call, as many as are kept: the first tenth of the limit, which say how the call began, and of the others the latest. */
export class FrameList {
  /** How many bytes they take, roughly. */
  bytes = 0;
  private readonly limit: number;
  private readonly first: number;
  private readonly begin: RecordedFrame[] = [];
  /** Those after the first, of which so many at the front are gone. */
  private later: (RecordedFrame | undefined)[] = [];
  private gone = 0;

  constructor(limit: number) {
    this.limit = limit;
    this.first = Math.ceil(limit / 10);
  }

  /** The frames kept, in order. */
  frames(): readonly RecordedFrame[] {
    return [...this.begin, ...this.later.slice(this.gone).filter((frame) => frame !== undefined)];
  }

  /** How many frames are kept. */
  get length(): number {
    return this.begin.length + this.later.length - this.gone;
  }

  /** Adds the latest frame. */
  add(frame: RecordedFrame): void {
    if (this.begin.length < this.first && this.later.length === 0) this.begin.push(frame);
    else this.later.push(frame);
    this.bytes += sizeOf(frame);
    if (this.length > this.limit) this.dropOldest();
  }

  /** The frame that goes next; undefined where there is only the latest, or none. */
  get oldest(): RecordedFrame | undefined {
    if (this.length < 2) return undefined;
    return this.isBeginNext ? this.begin[0] : this.later[this.gone];
  }

  /** Forgets the frame that goes next, or the only one. */
  dropOldest(): void {
    const frame = this.isBeginNext ? this.begin.shift() : this.dropLater();
    if (frame !== undefined) this.bytes -= sizeOf(frame);
  }

  /** Where few are kept, how the call began counts for less than how it goes on. */
  private get isBeginNext(): boolean {
    return this.begin.length > 0 && this.length <= 2 * this.first;
  }

  private dropLater(): RecordedFrame | undefined {
    const frame = this.later[this.gone];
    this.later[this.gone] = undefined;
    this.gone += 1;
    // To move the others with every frame would take longer than all the rest; to wait for longer would keep more places than frames.
    if (2 * this.gone >= this.later.length) {
      this.later = this.later.slice(this.gone);
      this.gone = 0;
    }
    return frame;
  }
}

function sizeOf(frame: RecordedFrame): number {
  return FRAME_OVERHEAD + frame.payload.length;
}

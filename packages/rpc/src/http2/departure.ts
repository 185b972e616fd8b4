import type { ControlWriter } from "./control-writer.ts";
import { ErrorCode } from "./error-code.ts";
import { MAX_31_BITS } from "./frame.ts";

/** How a connection ends in peace: by this side's GOAWAY in two steps, or by the client's (RFC 9113, section 6.8). */
export class Departure {
  /** Whether the client has said that it opens no more streams. */
  isPeerLeaving = false;
  /** Streams beyond this one are ignored: the client was told. */
  lastAccepted: number = MAX_31_BITS;
  private step: "none" | "announced" | "final" = "none";

  /** Whether the connection ends with its last stream. */
  get isDue(): boolean {
    return this.isPeerLeaving || this.step === "final";
  }

  /** Says that there will be no more streams, without a last one: some may be on their way. Returns whether that is news. */
  announce(control: ControlWriter): boolean {
    if (this.step !== "none") return false;
    this.step = "announced";
    control.goAway(MAX_31_BITS, ErrorCode.noError, "");
    return true;
  }

  /** Names the last stream, once the client has heard of the first step. Returns whether that is news. */
  conclude(control: ControlWriter, lastId: number): boolean {
    if (this.step !== "announced") return false;
    this.finish(control, lastId);
    return true;
  }

  /** Says at the end which stream was the last, unless that has been said. */
  finish(control: ControlWriter, lastId: number): void {
    if (this.step === "final") return;
    this.step = "final";
    this.lastAccepted = lastId;
    control.goAway(lastId, ErrorCode.noError, "");
  }
}

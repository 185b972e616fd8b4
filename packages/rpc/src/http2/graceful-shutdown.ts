import type { ControlWriter } from "./control-writer.ts";
import { ErrorCode } from "./error-code.ts";
import { MAX_31_BITS } from "./frame.ts";

/** How a connection ends without an error: by this side's GOAWAY in two steps, or by the client's (RFC 9113, section 6.8). */
export class GracefulShutdown {
  /** Whether the client opens no more streams, by its GOAWAY. */
  peerSentGoAway = false;
  /** Streams beyond this one are ignored: GOAWAY has named it. */
  lastAccepted: number = MAX_31_BITS;
  private step: "none" | "announced" | "final" = "none";

  /** Whether the connection ends with its last stream. */
  get isDue(): boolean {
    return this.peerSentGoAway || this.step === "final";
  }

  /** Sends a first GOAWAY without a last stream: some may be on their way. Returns false the second time. */
  announce(control: ControlWriter): boolean {
    if (this.step !== "none") return false;
    this.step = "announced";
    control.goAway(MAX_31_BITS, ErrorCode.noError, "");
    return true;
  }

  /** Sends the GOAWAY with the last stream, once the client knows of the first. Returns false the second time. */
  conclude(control: ControlWriter, lastId: number): boolean {
    if (this.step !== "announced") return false;
    this.finish(control, lastId);
    return true;
  }

  /** Sends the GOAWAY with the last stream, unless that is done. */
  finish(control: ControlWriter, lastId: number): void {
    if (this.step === "final") return;
    this.step = "final";
    this.lastAccepted = lastId;
    control.goAway(lastId, ErrorCode.noError, "");
  }
}

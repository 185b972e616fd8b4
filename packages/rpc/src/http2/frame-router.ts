import { protocolError } from "./connection-error.ts";
import { type ControlTarget, takeControlFrame } from "./control-frames.ts";
import { FrameFlag, FrameType } from "./frame.ts";
import { takeContinuation, takeData, takeHeaders, takeReset } from "./request-frames.ts";
import type { RequestStreams } from "./request-streams.ts";

/** Hands each frame to what takes its type. */
export class FrameRouter {
  private hasPeerSettings = false;
  private readonly requests: RequestStreams;
  private readonly control: ControlTarget;

  constructor(requests: RequestStreams, control: ControlTarget) {
    this.requests = requests;
    this.control = control;
  }

  /** Takes a frame. Throws the ConnectionError that ends the connection. */
  take(type: number, flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    const { requests } = this;
    if (type === FrameType.continuation || requests.blocks.open !== undefined) {
      takeContinuation(requests, type, flags, id, bytes, start, end);
    } else if (type === FrameType.data) takeData(requests, flags, id, bytes, start, end);
    else if (type === FrameType.headers && this.hasPeerSettings) takeHeaders(requests, flags, id, bytes, start, end);
    else if (type === FrameType.rstStream) takeReset(requests, id, bytes, start, end);
    else {
      // Section 3.4: the first frame is SETTINGS, and no acknowledgement.
      if (!this.hasPeerSettings && (type !== FrameType.settings || flags & FrameFlag.ack)) {
        throw protocolError("no SETTINGS behind the preface");
      }
      this.hasPeerSettings = true;
      takeControlFrame(this.control, type, flags, id, bytes, start, end);
    }
  }
}

import { Code, type ConnectError } from "@connectrpc/connect";
import { encodeMetadata } from "@triptych/wire/metadata-block.ts";
import type { CallRecording } from "../recorder/call-recorder.ts";

/** Records what a call over a shared socket sends and receives. */
export interface FrameRecorder {
  /** Its first frame is on its way. */
  opened(): void;
  sent(bytes: Uint8Array): void;
  sentWindowUpdate(bytes: number): void;
  sentEnd(): void;
  receivedHeaders(metadata: Headers): void;
  received(bytes: Uint8Array): void;
  receivedWindowUpdate(bytes: number): void;
  /** The call has ended as it should. */
  receivedTrailers(metadata: Headers): void;
  /** The call was cancelled or has failed. */
  ended(reason: ConnectError): void;
}

const HEAD_BYTES = 5;
const nothing = new Uint8Array(0);

/** Hands on to a recording what happens to a call; does nothing when there is none. */
export function createFrameRecorder(recording: CallRecording | undefined): FrameRecorder {
  return {
    opened: () => recording?.requestSent(),
    sent: (bytes) => recording?.sent(bytes),
    sentWindowUpdate: (bytes) => recording?.sentFrame(creditFrame(bytes)),
    sentEnd() {
      recording?.sentFrame({ meaning: "half-close", payload: nothing, size: HEAD_BYTES });
      recording?.sentEnd();
    },
    receivedHeaders: (metadata) => recording?.responseStarted(undefined, [...metadata]),
    received: (bytes) => recording?.received(bytes),
    receivedWindowUpdate: (bytes) => recording?.receivedFrame(creditFrame(bytes)),
    receivedTrailers(metadata) {
      if (recording === undefined) return;
      const payload = encodeMetadata(metadata);
      recording.receivedFrame({ meaning: "trailers", payload, size: HEAD_BYTES + payload.length });
      recording.ended({ kind: "complete" });
    },
    ended({ code, rawMessage: reason }) {
      const isOurs = code === Code.Canceled || code === Code.DeadlineExceeded;
      recording?.ended({ kind: isOurs ? "cancelled" : "failed", reason });
    },
  };
}

function creditFrame(bytes: number) {
  const payload = new Uint8Array(4);
  new DataView(payload.buffer).setUint32(0, bytes);
  return { meaning: "control", payload, size: HEAD_BYTES + payload.length } as const;
}

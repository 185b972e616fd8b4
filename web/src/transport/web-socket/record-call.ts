import { Code, type ConnectError } from "@connectrpc/connect";
import { encodeMetadata } from "@triptych/wire/metadata-block.ts";
import type { WireCallRecorder } from "../../wire/wire-recorder.ts";

/** Takes down what a call over a shared socket sends and receives, where it is taken down. */
export interface CallRecorder {
  sent(bytes: Uint8Array): void;
  sentCredit(bytes: number): void;
  sentEnd(): void;
  receivedHeaders(metadata: Headers): void;
  received(bytes: Uint8Array): void;
  receivedCredit(bytes: number): void;
  /** The call has ended as it should. */
  receivedTrailers(metadata: Headers): void;
  /** The call was cancelled or has failed. */
  ended(reason: ConnectError): void;
}

const HEAD_BYTES = 5;
const nothing = new Uint8Array(0);

/** Hands on what happens to what takes the call down; does nothing when that is undefined. */
export function recordCall(recorder: WireCallRecorder | undefined): CallRecorder {
  return {
    sent: (bytes) => recorder?.sent(bytes),
    sentCredit: (bytes) => recorder?.sentFrame(creditFrame(bytes)),
    sentEnd() {
      recorder?.sentFrame({ meaning: "half-close", payload: nothing, size: HEAD_BYTES });
      recorder?.sentEnd();
    },
    receivedHeaders: (metadata) => recorder?.responseStarted(undefined, [...metadata]),
    received: (bytes) => recorder?.received(bytes),
    receivedCredit: (bytes) => recorder?.receivedFrame(creditFrame(bytes)),
    receivedTrailers(metadata) {
      if (recorder === undefined) return;
      const payload = encodeMetadata(metadata);
      recorder.receivedFrame({ meaning: "trailers", payload, size: HEAD_BYTES + payload.length });
      recorder.ended({ kind: "complete" });
    },
    ended({ code, rawMessage: reason }) {
      const isOurs = code === Code.Canceled || code === Code.DeadlineExceeded;
      recorder?.ended({ kind: isOurs ? "cancelled" : "failed", reason });
    },
  };
}

function creditFrame(bytes: number) {
  const payload = new Uint8Array(4);
  new DataView(payload.buffer).setUint32(0, bytes);
  return { meaning: "control", payload, size: HEAD_BYTES + payload.length } as const;
}

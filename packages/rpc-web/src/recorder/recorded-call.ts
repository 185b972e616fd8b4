import type { DescMethod } from "@bufbuild/protobuf";
import type { FrameMeaning, HeaderEntry } from "./call-recorder.ts";
import type { CallStatus } from "./call-status.ts";
import type { Codec, Framing, RecordedProtocol } from "./recorded-format.ts";

/** Which way a frame went, seen from the page. */
export type Direction = "sent" | "received";

/** A frame of a call, as it was sent or received. */
export interface RecordedFrame {
  /** Counts the frames of the call in both directions, from 1. */
  readonly number: number;
  /** Counts the frames of the call in its direction that are for the same, from 1: the messages sent, the messages received. */
  readonly numberOfKind: number;
  readonly direction: Direction;
  /** When it was complete, in milliseconds since the call began. */
  readonly at: number;
  readonly flag: number | undefined;
  readonly meaning: FrameMeaning;
  readonly codec: Codec;
  /** Bytes of the payload that were sent or received, or were announced where the frame is incomplete. */
  readonly length: number;
  /** The payload; only its beginning where that is shorter than `length`. */
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly incomplete: boolean;
}

/** How far a call is: open; complete when the server ended it; cancelled by the page; failed when the connection did. */
export type RecordedCallState = "open" | "complete" | "cancelled" | "failed";

/** A call as far as it was recorded. Never changes: the next version of the call is another object. */
export interface RecordedCall {
  /** Counts the calls recorded, from 1. */
  readonly id: number;
  readonly protocol: RecordedProtocol;
  readonly framing: Framing;
  readonly httpMethod: string;
  readonly url: string;
  /** `package.Service/Method`. */
  readonly path: string;
  /** The descriptor of the method, where this page knows it. */
  readonly method: DescMethod | undefined;
  readonly state: RecordedCallState;
  /** Why it was cancelled or failed. */
  readonly reason: string | undefined;
  /** The status of the protocol, once it is known. */
  readonly status: CallStatus | undefined;
  readonly httpStatus: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When the request was sent, in milliseconds since the call began: until then it waited for a connection. Undefined while that is not known. */
  readonly sentAfter: number | undefined;
  /** When the response headers came, in milliseconds since the call began. */
  readonly respondedAfter: number | undefined;
  /** When it ended, in milliseconds since it began. */
  readonly endedAfter: number | undefined;
  readonly requestHeaders: readonly HeaderEntry[];
  readonly responseHeaders: readonly HeaderEntry[];
  readonly trailers: readonly HeaderEntry[];
  /** Bytes of the bodies, with the prefixes of the frames and without the headers of HTTP. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly sentFrames: number;
  readonly receivedFrames: number;
  /** The frames kept, in the order in which they were sent and received. */
  readonly frames: readonly RecordedFrame[];
}

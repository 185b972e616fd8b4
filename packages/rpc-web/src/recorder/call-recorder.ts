/** The name and the value of a header or trailer. Names are lower-case. */
export type HeaderEntry = readonly [name: string, value: string];

/** What is known of a call before its first byte is sent. */
export interface CallStart {
  /** What carries the call: a request of its own, or a socket that may carry others as well. */
  readonly via: "fetch" | "websocket";
  /** The HTTP method; POST where the carrier has none. */
  readonly httpMethod: string;
  /** The whole address, ending with `/package.Service/Method`. */
  readonly url: string;
  /** The request headers as they are sent. The content type says how the bytes are parsed into frames. */
  readonly headers: readonly HeaderEntry[];
}

/** A frame that the carrier's own framing has already parsed. */
export interface CarrierFrame {
  /** The flag byte of the envelope; absent where the frame has none. */
  readonly flag?: number;
  readonly meaning: FrameMeaning;
  readonly payload: Uint8Array;
  /** How many bytes of the carrier the frame took, its prefixes included. */
  readonly size: number;
}

/** What a frame is for. */
export type FrameMeaning = "message" | "headers" | "trailers" | "end-stream" | "error" | "half-close" | "control";

/** How a call ended, seen from this side of the carrier. */
export type CallEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cancelled"; readonly reason?: string }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Records one call. Bytes are copied, never kept or changed, so that they may be used as before afterwards. Nothing
 * here throws, and whatever comes after `ended` is ignored, but for when the request was sent.
 */
export interface CallRecording {
  /** The request has left, now or at that time in milliseconds since 1970: until then it waited for a connection. */
  requestSent(time?: number): void;
  /** Bytes of the request body, split at any place. */
  sent(bytes: Uint8Array): void;
  /** One frame of the request, for a carrier with framing of its own. Not to be mixed with `sent`. */
  sentFrame(frame: CarrierFrame): void;
  /** This side sends no more. */
  sentEnd(): void;
  /** The response has begun. The status is absent where the carrier has none. */
  responseStarted(httpStatus: number | undefined, headers: readonly HeaderEntry[]): void;
  /** Bytes of the response body, split at any place. */
  received(bytes: Uint8Array): void;
  /** One frame of the response, for a carrier with framing of its own. Not to be mixed with `received`. */
  receivedFrame(frame: CarrierFrame): void;
  /** The call has ended; only the first time counts. */
  ended(end: CallEnd): void;
}

/** Records calls as they happen. */
export interface CallRecorder {
  /** Begins to record a call; undefined while calls are not recorded. Never throws. */
  callStarted(start: CallStart): CallRecording | undefined;
}

/**
 * Asked before each call for what records it: a recorder, a promise of one that is still being loaded, for which the call waits within bounds, or
 * undefined while calls are not recorded. The promise must not reject; without a recorder the call goes on unrecorded.
 */
export type RecorderSource = () => CallRecorder | Promise<CallRecorder | undefined> | undefined;

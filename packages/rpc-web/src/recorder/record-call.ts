import type { CallEnd, CallRecording, CallStart, HeaderEntry } from "./call-recorder.ts";
import { okStatus, statusFromTrailers, trailersAmongHeaders } from "./call-status.ts";
import { type MethodRegistry, methodPath } from "./method-registry.ts";
import { type CallDraft, FrameRecord, isConnectUnary } from "./record-frames.ts";
import type { RecordedCall } from "./recorded-call.ts";
import { type RecordedFormat, recordedFormat } from "./recorded-format.ts";
import type { RecorderLimits } from "./recorder-limits.ts";

/** A call while it is recorded. */
export interface CallRecord extends CallRecording {
  isOpen(): boolean;
  /** How many bytes it keeps, roughly. */
  keptBytes(): number;
  /** Stops recording the call: how it ends will not be known. */
  leave(): void;
  /** The call as it is now; the same object until something changes. */
  snapshot(): RecordedCall;
}

/** What a record needs of what is around it. */
export interface CallRecordContext {
  readonly id: number;
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
  readonly limits: RecorderLimits;
  readonly methods: MethodRegistry;
  /** Called after every change. */
  readonly onChange: () => void;
}

/** Records one call, from its first byte to its end. */
export function recordCall(start: CallStart, context: CallRecordContext): CallRecord {
  const { now, limits, onChange } = context;
  const requestFormat = requestFormatOf(start);
  const draft = openCall(start, requestFormat, context);
  const frames = new FrameRecord(draft, requestFormat, now, limits);
  let headBytes = headerBytes(start.headers);
  let current: RecordedCall | undefined;

  const change = (apply: () => void) => {
    try {
      apply();
    } catch {
      // A fault of a recording must not become a fault of the call.
    }
    current = undefined;
    onChange();
  };
  const changeOpen = (apply: () => void) => {
    if (draft.state === "open") change(apply);
  };

  return {
    isOpen: () => draft.state === "open",
    keptBytes: () => frames.keptBytes + headBytes,
    requestSent: (time = now()) =>
      change(() => {
        draft.sentAfter = Math.max(0, time - draft.startedAt);
      }),
    sent: (chunk) => changeOpen(() => frames.addChunk("sent", chunk)),
    sentFrame: (frame) => changeOpen(() => frames.addCarrierFrame("sent", frame)),
    sentEnd: () => changeOpen(() => draft.httpMethod !== "GET" && frames.end("sent", true)),
    responseStarted: (httpStatus, headers) =>
      changeOpen(() => {
        draft.httpStatus = httpStatus;
        draft.responseHeaders = headers;
        headBytes += headerBytes(headers);
        draft.respondedAfter = now() - draft.startedAt;
        draft.status = statusFromTrailers(headers);
        if (isConnectUnary(draft)) draft.trailers = trailersAmongHeaders(headers);
        if (start.via === "fetch") frames.expectFormat(recordedFormat(contentType(headers)));
      }),
    received: (chunk) => changeOpen(() => frames.addChunk("received", chunk)),
    receivedFrame: (frame) => changeOpen(() => frames.addCarrierFrame("received", frame)),
    ended: (end) =>
      changeOpen(() => {
        frames.end("sent", false);
        if (draft.respondedAfter !== undefined) frames.end("received", end.kind === "complete");
        Object.assign(draft, outcomeOf(draft, end), { endedAfter: now() - draft.startedAt });
        headBytes += headerBytes(draft.trailers);
      }),
    leave: () =>
      changeOpen(() => {
        draft.state = "left";
      }),
    snapshot() {
      current ??= { ...draft, frames: frames.frames };
      return current;
    },
  };
}

function openCall(start: CallStart, { protocol, framing }: RecordedFormat, context: CallRecordContext): CallDraft {
  return {
    id: context.id,
    protocol,
    framing,
    httpMethod: start.httpMethod,
    url: start.url,
    path: methodPath(start.url),
    method: context.methods.find(start.url),
    state: "open",
    reason: undefined,
    status: undefined,
    httpStatus: undefined,
    startedAt: context.now(),
    sentAfter: undefined,
    respondedAfter: undefined,
    endedAfter: undefined,
    requestHeaders: start.headers,
    responseHeaders: [],
    trailers: [],
    sentBytes: 0,
    receivedBytes: 0,
    sentFrames: 0,
    receivedFrames: 0,
    frames: [],
  };
}

function requestFormatOf({ via, headers }: CallStart): RecordedFormat {
  const format = recordedFormat(contentType(headers));
  if (via === "fetch") return format;
  return { protocol: "websocket", framing: "grpc-web", codec: format.codec === "json" ? "json" : "proto" };
}

/**
 * How a call ended. A page aborts its request also after an error that it read, and leaves a body of no use unread: both
 * are cancelled below, and ended by the server.
 */
function outcomeOf(call: RecordedCall, end: CallEnd): Partial<RecordedCall> {
  const isAnswered = call.status !== undefined || (call.httpStatus ?? 200) !== 200;
  if (end.kind === "complete" || (end.kind === "cancelled" && isAnswered)) {
    const status = call.status ?? (isConnectUnary(call) && call.httpStatus === 200 ? okStatus : undefined);
    return { state: "complete", status };
  }
  return { state: end.kind, reason: end.reason };
}

function contentType(headers: readonly HeaderEntry[]): string | undefined {
  return headers.find(([name]) => name === "content-type")?.[1];
}

function headerBytes(headers: readonly HeaderEntry[]): number {
  return headers.reduce((bytes, [name, value]) => bytes + 2 * (name.length + value.length), 0);
}

import type { CallEnd, CallRecording, CallStart, CarrierFrame, HeaderEntry } from "./call-recorder.ts";
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
  /**
   * How old what goes next of it is, on the clock of the calls: a call that has ended goes whole, by its end; of one that is open, a frame. Infinite where the
   * call is open and nothing but its latest frame could go.
   */
  oldest(): number;
  /** Forgets the frame that goes next of an open call. */
  dropOldest(): void;
  /** Forgets the call, and takes no notice of it any more. */
  forget(): void;
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
  readonly onChange: (record: CallRecord) => void;
}

/** What a call takes without its headers and frames, roughly: its record, what it shows, and the functions that its carrier calls. */
const CALL_OVERHEAD = 3_000;
/** What a header or trailer takes beside its text, roughly: the pair, its two strings and its place in the list. */
const HEADER_OVERHEAD = 100;
/** What a detail of an error takes beside its text and its bytes, roughly: its object, and the array of the bytes with a buffer of its own. */
const DETAIL_OVERHEAD = 250;

/** Records one call, from its first byte to its end. */
export function recordCall(start: CallStart, context: CallRecordContext): CallRecord {
  return new OneCall(start, context);
}

class OneCall implements CallRecord {
  private readonly context: CallRecordContext;
  private readonly draft: CallDraft;
  private readonly frames: FrameRecord;
  private readonly isOverFetch: boolean;
  private isForgotten = false;
  private headBytes = 0;
  private current: RecordedCall | undefined;

  constructor(start: CallStart, context: CallRecordContext) {
    const format = requestFormatOf(start);
    this.context = context;
    this.draft = openCall(start, format, context);
    this.frames = new FrameRecord(this.draft, format, context.now, context.limits);
    this.isOverFetch = start.via === "fetch";
    this.headBytes = headBytesOf(this.draft);
  }

  isOpen(): boolean {
    return this.draft.state === "open";
  }

  keptBytes(): number {
    return this.headBytes + this.frames.keptBytes;
  }

  oldest(): number {
    const { startedAt, endedAfter } = this.draft;
    return startedAt + (endedAfter ?? this.frames.list.oldest?.at ?? Number.POSITIVE_INFINITY);
  }

  dropOldest(): void {
    this.frames.list.dropOldest();
    this.current = undefined;
  }

  forget(): void {
    this.isForgotten = true;
    this.frames.clear();
    this.current = undefined;
  }

  snapshot(): RecordedCall {
    const { draft, context } = this;
    // The page may have learned of the method since the call began.
    const method = draft.method ?? context.methods.find(draft.url);
    if (this.current !== undefined && this.current.method === method) return this.current;
    draft.method = method;
    this.current = { ...draft, frames: this.frames.list.frames() };
    return this.current;
  }

  // Called without the object by what records a call.
  readonly requestSent = (time = this.context.now()): void =>
    this.change(() => {
      this.draft.sentAfter = Math.max(0, time - this.draft.startedAt);
    });

  readonly sent = (chunk: Uint8Array): void => this.changeOpen(() => this.frames.addChunk("sent", chunk));

  readonly sentFrame = (frame: CarrierFrame): void => this.changeOpen(() => this.frames.addCarrierFrame("sent", frame));

  readonly sentEnd = (): void =>
    this.changeOpen(() => {
      if (this.draft.httpMethod !== "GET") this.frames.end("sent", true);
    });

  readonly responseStarted = (httpStatus: number | undefined, headers: readonly HeaderEntry[]): void =>
    this.changeOpen(() => {
      const { draft } = this;
      draft.httpStatus = httpStatus;
      draft.responseHeaders = headers;
      draft.respondedAfter = this.context.now() - draft.startedAt;
      draft.status = statusFromTrailers(headers);
      if (isConnectUnary(draft)) draft.trailers = trailersAmongHeaders(headers);
      if (this.isOverFetch) this.frames.expectFormat(recordedFormat(contentType(headers)));
    });

  readonly received = (chunk: Uint8Array): void => this.changeOpen(() => this.frames.addChunk("received", chunk));

  readonly receivedFrame = (frame: CarrierFrame): void =>
    this.changeOpen(() => this.frames.addCarrierFrame("received", frame));

  readonly ended = (end: CallEnd): void =>
    this.changeOpen(() => {
      const { draft, frames } = this;
      frames.end("sent", false);
      if (draft.respondedAfter !== undefined) frames.end("received", end.kind === "complete");
      Object.assign(draft, outcomeOf(draft, end), { endedAfter: this.context.now() - draft.startedAt });
    });

  private changeOpen(apply: () => void): void {
    if (this.draft.state === "open") this.change(apply);
  }

  private change(apply: () => void): void {
    if (this.isForgotten) return;
    const { status, responseHeaders, state } = this.draft;
    try {
      apply();
    } catch {
      // A fault of a recording must not become a fault of the call.
    }
    const { draft } = this;
    // Not with every message of a stream.
    if (draft.status !== status || draft.responseHeaders !== responseHeaders || draft.state !== state)
      this.headBytes = headBytesOf(draft);
    this.current = undefined;
    this.context.onChange(this);
  }
}

function openCall(start: CallStart, { protocol, framing }: RecordedFormat, context: CallRecordContext): CallDraft {
  return {
    id: context.id,
    protocol,
    framing,
    httpMethod: start.httpMethod,
    url: start.url,
    path: methodPath(start.url),
    method: undefined,
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

/** How many bytes a call takes without its frames, roughly. */
function headBytesOf(call: RecordedCall): number {
  const { status } = call;
  const details =
    status?.details.reduce((bytes, { type, value }) => bytes + DETAIL_OVERHEAD + textBytes(type) + value.length, 0) ??
    0;
  return (
    CALL_OVERHEAD +
    textBytes(call.url, call.path, call.reason ?? "", status?.message ?? "") +
    details +
    headerBytes(call.requestHeaders) +
    headerBytes(call.responseHeaders) +
    headerBytes(call.trailers)
  );
}

function headerBytes(headers: readonly HeaderEntry[]): number {
  return headers.reduce((bytes, entry) => bytes + HEADER_OVERHEAD + textBytes(...entry), 0);
}

function textBytes(...texts: readonly string[]): number {
  return texts.reduce((bytes, { length }) => bytes + 2 * length, 0);
}

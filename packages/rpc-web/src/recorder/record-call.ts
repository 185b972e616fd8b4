import type { CallEnd, CallRecording, CallStart, FrameMeaning, HeaderEntry } from "./call-recorder.ts";
import { okStatus, readOutcome, statusFromTrailers, trailersAmongHeaders } from "./call-status.ts";
import { createDirectionParser } from "./direction-parser.ts";
import { createFrameList } from "./frame-list.ts";
import { frameMeaning } from "./frame-meaning.ts";
import type { ParsedFrame } from "./frame-parser.ts";
import { type MethodRegistry, methodPath } from "./method-registry.ts";
import type { Direction, RecordedCall } from "./recorded-call.ts";
import type { RecorderLimits } from "./recorder-limits.ts";
import { type WireFormat, wireFormat } from "./wire-format.ts";

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

type Draft = { -readonly [K in keyof RecordedCall]: RecordedCall[K] };

/** Records one call, from its first byte to its end. */
export function recordCall(start: CallStart, context: CallRecordContext): CallRecord {
  const { now, limits, onChange } = context;
  const requestFormat = requestFormatOf(start);
  const draft = openCall(start, requestFormat, context);
  const list = createFrameList(limits.framesPerCall);
  const parsers = {
    sent: createDirectionParser(requestFormat, limits.payloadBytes),
    received: createDirectionParser(requestFormat, limits.payloadBytes),
  };
  let frameBytes = 0;
  let headBytes = headerBytes(start.headers);
  let current: RecordedCall | undefined;

  const change = (apply: () => void) => {
    if (draft.state !== "open") return;
    try {
      apply();
    } catch {
      // A fault of a recording must not become a fault of the call.
    }
    current = undefined;
    onChange();
  };
  const addFrame = (direction: Direction, meaning: FrameMeaning, frame: ParsedFrame) => {
    const at = now() - draft.startedAt;
    const { codec } = parsers[direction].format;
    if (direction === "sent") draft.sentFrames += 1;
    else draft.receivedFrames += 1;
    const number = draft.sentFrames + draft.receivedFrames;
    frameBytes += list.add({ ...frame, number, direction, at, meaning, codec });
    if (direction === "received" && !frame.incomplete) Object.assign(draft, readOutcome(meaning, frame.payload));
  };
  const addParsed = (direction: Direction, frames: readonly ParsedFrame[]) => {
    for (const frame of frames) {
      const isError = direction === "received" && isConnectUnary(draft) && draft.httpStatus !== 200;
      const meaning = isError ? "error" : frameMeaning(parsers[direction].format.framing, frame.flag);
      addFrame(direction, meaning, frame);
    }
  };
  const addBytes = (direction: Direction, count: number) => {
    if (direction === "sent") draft.sentBytes += count;
    else draft.receivedBytes += count;
  };
  const bytes = (direction: Direction) => (chunk: Uint8Array) =>
    change(() => {
      addBytes(direction, chunk.length);
      addParsed(direction, parsers[direction].push(chunk));
    });
  const part = (direction: Direction) => (frame: Parameters<CallRecording["sentFrame"]>[0]) =>
    change(() => {
      const { flag, meaning, payload, size } = frame;
      addBytes(direction, size);
      const kept = new Uint8Array(payload.subarray(0, limits.payloadBytes));
      addFrame(direction, meaning, { flag, length: payload.length, payload: kept, incomplete: false });
    });

  return {
    isOpen: () => draft.state === "open",
    keptBytes: () => frameBytes + headBytes,
    sent: bytes("sent"),
    sentFrame: part("sent"),
    sentEnd: () => change(() => draft.httpMethod !== "GET" && addParsed("sent", parsers.sent.end(true))),
    responseStarted: (httpStatus, headers) =>
      change(() => {
        draft.httpStatus = httpStatus;
        draft.responseHeaders = headers;
        headBytes += headerBytes(headers);
        draft.respondedAfter = now() - draft.startedAt;
        draft.status = statusFromTrailers(headers);
        if (isConnectUnary(draft)) draft.trailers = trailersAmongHeaders(headers);
        if (start.via === "fetch")
          parsers.received = createDirectionParser(wireFormat(contentType(headers)), limits.payloadBytes);
      }),
    received: bytes("received"),
    receivedFrame: part("received"),
    ended: (end) =>
      change(() => {
        addParsed("sent", parsers.sent.end(false));
        if (draft.respondedAfter !== undefined) addParsed("received", parsers.received.end(end.kind === "complete"));
        Object.assign(draft, outcomeOf(draft, end), { endedAfter: now() - draft.startedAt });
        headBytes += headerBytes(draft.trailers);
      }),
    leave: () =>
      change(() => {
        draft.state = "left";
      }),
    snapshot() {
      current ??= { ...draft, frames: [...list.frames] };
      return current;
    },
  };
}

function openCall(start: CallStart, { protocol, framing }: WireFormat, context: CallRecordContext): Draft {
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

function requestFormatOf({ via, headers }: CallStart): WireFormat {
  const format = wireFormat(contentType(headers));
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

function isConnectUnary({ protocol, framing }: RecordedCall): boolean {
  return framing === "body" && (protocol === "connect" || protocol === "connect-json");
}

function contentType(headers: readonly HeaderEntry[]): string | undefined {
  return headers.find(([name]) => name === "content-type")?.[1];
}

function headerBytes(headers: readonly HeaderEntry[]): number {
  return headers.reduce((bytes, [name, value]) => bytes + 2 * (name.length + value.length), 0);
}

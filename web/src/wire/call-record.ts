import type { CallEnd, CallRecording, CallStart, FrameMeaning, HeaderEntry } from "@triptych/rpc-web";
import type { CutFrame } from "./frame-cutter.ts";
import { createFrameList } from "./frame-list.ts";
import { frameMeaning } from "./frame-meaning.ts";
import { createLane } from "./lane.ts";
import { type MethodRegistry, methodPath } from "./method-registry.ts";
import { readOutcome, trailersAmongHeaders } from "./read-outcome.ts";
import type { Direction, WireCall } from "./wire-call.ts";
import { type WireFormat, wireFormat } from "./wire-format.ts";
import type { WireLimits } from "./wire-limits.ts";
import { okStatus, statusFromTrailers } from "./wire-status.ts";

/** A call while it is taken down. */
export interface CallRecord extends CallRecording {
  isOpen(): boolean;
  /** How many bytes it keeps, roughly. */
  keptBytes(): number;
  /** Stops taking the call down: how it ends will not be known. */
  leave(): void;
  /** The call as it is now; the same object until something changes. */
  snapshot(): WireCall;
}

/** What a record needs of what is around it. */
export interface CallRecordContext {
  readonly id: number;
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
  readonly limits: WireLimits;
  readonly methods: MethodRegistry;
  /** Called after every change. */
  readonly onChange: () => void;
}

type Draft = { -readonly [K in keyof WireCall]: WireCall[K] };

/** Takes down one call, from its first byte to its end. */
export function createCallRecord(start: CallStart, context: CallRecordContext): CallRecord {
  const { now, limits, onChange } = context;
  const requestFormat = requestFormatOf(start);
  const draft = openCall(start, requestFormat, context);
  const list = createFrameList(limits.framesPerCall);
  const lanes = {
    sent: createLane(requestFormat, limits.payloadBytes),
    received: createLane(requestFormat, limits.payloadBytes),
  };
  let frameBytes = 0;
  let headBytes = headerBytes(start.headers);
  let current: WireCall | undefined;

  const change = (apply: () => void) => {
    if (draft.state !== "open") return;
    try {
      apply();
    } catch {
      // A fault in what takes a call down must not become a fault of the call.
    }
    current = undefined;
    onChange();
  };
  const addFrame = (direction: Direction, meaning: FrameMeaning, frame: CutFrame) => {
    const at = now() - draft.startedAt;
    const { codec } = lanes[direction].format;
    if (direction === "sent") draft.sentFrames += 1;
    else draft.receivedFrames += 1;
    const number = draft.sentFrames + draft.receivedFrames;
    frameBytes += list.add({ ...frame, number, direction, at, meaning, codec });
    if (direction === "received" && !frame.incomplete) Object.assign(draft, readOutcome(meaning, frame.payload));
  };
  const addCut = (direction: Direction, frames: readonly CutFrame[]) => {
    for (const frame of frames) {
      const isError = direction === "received" && isConnectUnary(draft) && draft.httpStatus !== 200;
      const meaning = isError ? "error" : frameMeaning(lanes[direction].format.framing, frame.flag);
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
      addCut(direction, lanes[direction].push(chunk));
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
    sentEnd: () => change(() => draft.httpMethod !== "GET" && addCut("sent", lanes.sent.end(true))),
    responseStarted: (httpStatus, headers) =>
      change(() => {
        draft.httpStatus = httpStatus;
        draft.responseHeaders = headers;
        headBytes += headerBytes(headers);
        draft.respondedAfter = now() - draft.startedAt;
        draft.status = statusFromTrailers(headers);
        if (isConnectUnary(draft)) draft.trailers = trailersAmongHeaders(headers);
        if (start.via === "fetch") lanes.received = createLane(wireFormat(contentType(headers)), limits.payloadBytes);
      }),
    received: bytes("received"),
    receivedFrame: part("received"),
    ended: (end) =>
      change(() => {
        addCut("sent", lanes.sent.end(false));
        if (draft.respondedAfter !== undefined) addCut("received", lanes.received.end(end.kind === "complete"));
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
function outcomeOf(call: WireCall, end: CallEnd): Partial<WireCall> {
  const isAnswered = call.status !== undefined || (call.httpStatus ?? 200) !== 200;
  if (end.kind === "complete" || (end.kind === "cancelled" && isAnswered)) {
    const status = call.status ?? (isConnectUnary(call) && call.httpStatus === 200 ? okStatus : undefined);
    return { state: "complete", status };
  }
  return { state: end.kind, reason: end.reason };
}

function isConnectUnary({ protocol, framing }: WireCall): boolean {
  return framing === "body" && (protocol === "connect" || protocol === "connect-json");
}

function contentType(headers: readonly HeaderEntry[]): string | undefined {
  return headers.find(([name]) => name === "content-type")?.[1];
}

function headerBytes(headers: readonly HeaderEntry[]): number {
  return headers.reduce((bytes, [name, value]) => bytes + 2 * (name.length + value.length), 0);
}

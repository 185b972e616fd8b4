import { ConnectionError, protocolError } from "./connection-error.ts";
import type { ControlWriter } from "./control-writer.ts";
import { ErrorCode } from "./error-code.ts";
import type { FloodGuard } from "./flood-guard.ts";
import { FrameFlag, FrameType, readUint31, readUint32 } from "./frame.ts";
import type { Http2Limits } from "./limits.ts";
import type { Sender } from "./sender.ts";
import type { ServerStream } from "./server-stream.ts";
import { applySettings, SETTING_BYTES } from "./settings.ts";
import type { StreamTable } from "./stream-table.ts";

/** What frames without a request do to a connection. */
export interface ControlTarget {
  readonly limits: Http2Limits;
  readonly control: ControlWriter;
  readonly guard: FloodGuard;
  readonly sender: Sender;
  readonly streams: StreamTable;
  /** The client has acknowledged our settings. */
  settingsAcknowledged(): void;
  /** The client has answered a ping of ours. */
  pingAnswered(payload: number): void;
  /** The client will open no more streams. */
  peerGoesAway(): void;
  /** Ends a stream on which the client has broken the protocol. */
  streamError(stream: ServerStream, code: number, reason: string): void;
}

/** A SETTINGS frame costs this many others: it may change every stream. */
const SETTINGS_COST = 10;
const PRIORITY_BYTES = 5;
const PING_BYTES = 8;
const WINDOW_UPDATE_BYTES = 4;
const GOAWAY_BYTES = 8;

/** Takes a frame that belongs to no request: all but HEADERS, CONTINUATION, DATA and RST_STREAM. */
export function takeControlFrame(
  target: ControlTarget,
  type: number,
  flags: number,
  id: number,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const length = end - start;
  switch (type) {
    case FrameType.settings:
      takeSettings(target, flags, id, bytes, start, length);
      break;
    case FrameType.ping:
      requireConnection(id, "PING");
      requireLength(length === PING_BYTES, "PING", length);
      takePing(target, flags, bytes, start);
      break;
    case FrameType.windowUpdate:
      requireLength(length === WINDOW_UPDATE_BYTES, "WINDOW_UPDATE", length);
      takeWindowUpdate(target, id, readUint31(bytes, start));
      break;
    case FrameType.goAway:
      requireConnection(id, "GOAWAY");
      requireLength(length >= GOAWAY_BYTES, "GOAWAY", length);
      target.peerGoesAway();
      break;
    case FrameType.pushPromise:
      throw protocolError("PUSH_PROMISE from a client");
    case FrameType.priority:
      target.guard.controlFrame(1);
      if (id === 0) throw protocolError("PRIORITY on stream 0");
      // Read and ignored (section 5.3).
      if (length !== PRIORITY_BYTES) takeBadPriority(target, id);
      break;
    default:
      // Section 4.1: ignored and discarded.
      target.guard.controlFrame(1);
  }
}

/** PRIORITY of a wrong length: an error of its stream only (section 6.3), which the client may not have opened. */
function takeBadPriority(target: ControlTarget, id: number): void {
  const stream = target.streams.open.get(id);
  if (stream === undefined) target.guard.invalidFrame();
  else target.streamError(stream, ErrorCode.frameSizeError, "PRIORITY of a wrong length");
}

/** SETTINGS (section 6.5). */
function takeSettings(
  target: ControlTarget,
  flags: number,
  id: number,
  bytes: Buffer,
  start: number,
  length: number,
): void {
  requireConnection(id, "SETTINGS");
  if (flags & FrameFlag.ack) {
    requireLength(length === 0, "an acknowledgement of SETTINGS", length);
    target.guard.controlFrame(1);
    target.settingsAcknowledged();
    return;
  }
  requireLength(length % SETTING_BYTES === 0, "SETTINGS", length);
  if (length > SETTING_BYTES * target.limits.maxSettingsEntries) {
    throw new ConnectionError(ErrorCode.enhanceYourCalm, "too many settings");
  }
  target.guard.controlFrame(SETTINGS_COST);
  applySettings(target.sender, target.streams, bytes, start, start + length);
  // The acknowledgement says that they hold from here on: what larger windows let out comes behind it (section 6.5.3).
  target.control.settingsAck();
  target.sender.pump();
}

function takePing(target: ControlTarget, flags: number, bytes: Buffer, start: number): void {
  target.guard.controlFrame(1);
  if (flags & FrameFlag.ack) target.pingAnswered(readUint32(bytes, start + 4));
  else target.control.pingAck(bytes, start);
}

/** WINDOW_UPDATE (section 6.9). */
function takeWindowUpdate(target: ControlTarget, id: number, increment: number): void {
  target.guard.controlFrame(1);
  if (id === 0) {
    if (increment === 0) throw protocolError("a window update of 0");
    if (!target.sender.openConnection(increment)) {
      throw new ConnectionError(ErrorCode.flowControlError, "the window of the connection is too large");
    }
    target.sender.pump();
    return;
  }
  const stream = target.streams.open.get(id);
  if (stream === undefined) {
    if (target.streams.isIdle(id)) throw protocolError(`WINDOW_UPDATE on idle stream ${id}`);
    // Of a stream that is closed: sent before the client knew (section 5.1).
    return;
  }
  if (increment === 0) target.streamError(stream, ErrorCode.protocolError, "a window update of 0");
  else if (!target.sender.openStream(stream, increment)) {
    target.streamError(stream, ErrorCode.flowControlError, "the window of the stream is too large");
  } else if (stream.outbox !== undefined) target.sender.pump();
}

function requireConnection(id: number, type: string): void {
  if (id !== 0) throw protocolError(`${type} on stream ${id}`);
}

function requireLength(isRight: boolean, type: string, length: number): void {
  if (!isRight) throw new ConnectionError(ErrorCode.frameSizeError, `${type} of ${length} bytes`);
}

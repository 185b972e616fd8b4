import type { ServerConnection } from "./connection.ts";
import { ConnectionError, protocolError } from "./connection-error.ts";
import { ErrorCode } from "./error-code.ts";
import { type Frame, FrameFlag, FrameType, PayloadBytes, readUint31, readUint32 } from "./frame.ts";
import { applySettings } from "./settings.ts";

/** A SETTINGS frame costs this many others: it may change every stream. */
const SETTINGS_COST = 10;

/** Takes a frame that belongs to no request: all but HEADERS, CONTINUATION, DATA and RST_STREAM. */
export function takeControlFrame(connection: ServerConnection, frame: Frame): void {
  switch (frame.type) {
    case FrameType.settings:
      takeSettings(connection, frame);
      break;
    case FrameType.ping:
      takePing(connection, frame);
      break;
    case FrameType.windowUpdate:
      takeWindowUpdate(connection, frame);
      break;
    case FrameType.goAway:
      requireConnection(frame, "GOAWAY");
      requireLength(frame.length >= PayloadBytes.goAway, "GOAWAY", frame);
      connection.peerGoesAway();
      break;
    case FrameType.pushPromise:
      throw protocolError("PUSH_PROMISE from a client");
    case FrameType.priority:
      takePriority(connection, frame);
      break;
    default:
      // Section 4.1: ignored and discarded.
      connection.guard.controlFrame(1);
  }
}

/** PRIORITY: read and ignored (section 5.3). A wrong length is an error of its stream only (section 6.3), which the client may not have opened. */
function takePriority({ guard, streams, requests }: ServerConnection, frame: Frame): void {
  guard.controlFrame(1);
  if (frame.stream === 0) throw protocolError("PRIORITY on stream 0");
  if (frame.length === PayloadBytes.priority) return;
  const stream = streams.open.get(frame.stream);
  if (stream === undefined) guard.invalidFrame();
  else requests.streamError(stream, ErrorCode.frameSizeError, "PRIORITY of a wrong length");
}

/** SETTINGS (section 6.5). */
function takeSettings(connection: ServerConnection, frame: Frame): void {
  const { guard, sender, streams, control, limits } = connection;
  requireConnection(frame, "SETTINGS");
  if (frame.has(FrameFlag.ack)) {
    requireLength(frame.length === 0, "an acknowledgement of SETTINGS", frame);
    guard.controlFrame(1);
    connection.settingsAcknowledged();
    return;
  }
  requireLength(frame.length % PayloadBytes.setting === 0, "SETTINGS", frame);
  if (frame.length > PayloadBytes.setting * limits.maxSettingsEntries) {
    throw new ConnectionError(ErrorCode.enhanceYourCalm, "too many settings");
  }
  guard.controlFrame(SETTINGS_COST);
  applySettings(sender, streams, frame);
  // The acknowledgement says that they hold from here on: what larger windows let out comes behind it (section 6.5.3).
  control.settingsAck();
  sender.pump();
}

function takePing(connection: ServerConnection, frame: Frame): void {
  requireConnection(frame, "PING");
  requireLength(frame.length === PayloadBytes.ping, "PING", frame);
  connection.guard.controlFrame(1);
  if (frame.has(FrameFlag.ack)) connection.pingAnswered(readUint32(frame.bytes, frame.start + 4));
  else connection.control.pingAck(frame.payload);
}

/** WINDOW_UPDATE (section 6.9). */
function takeWindowUpdate({ guard, sender, streams, requests }: ServerConnection, frame: Frame): void {
  requireLength(frame.length === PayloadBytes.windowUpdate, "WINDOW_UPDATE", frame);
  const increment = readUint31(frame.bytes, frame.start);
  guard.controlFrame(1);
  if (frame.stream === 0) {
    if (increment === 0) throw protocolError("a window update of 0");
    if (!sender.openConnection(increment)) {
      throw new ConnectionError(ErrorCode.flowControlError, "the window of the connection is too large");
    }
    sender.pump();
    return;
  }
  const stream = streams.open.get(frame.stream);
  if (stream === undefined) {
    if (streams.isIdle(frame.stream)) throw protocolError(`WINDOW_UPDATE on idle stream ${frame.stream}`);
    // Of a stream that is closed: sent before the client knew (section 5.1).
    return;
  }
  if (increment === 0) requests.streamError(stream, ErrorCode.protocolError, "a window update of 0");
  else if (!sender.openStream(stream, increment)) {
    requests.streamError(stream, ErrorCode.flowControlError, "the window of the stream is too large");
  } else if (stream.outbox !== undefined) sender.pump();
}

function requireConnection({ stream }: Frame, type: string): void {
  if (stream !== 0) throw protocolError(`${type} on stream ${stream}`);
}

function requireLength(isRight: boolean, type: string, { length }: Frame): void {
  if (!isRight) throw new ConnectionError(ErrorCode.frameSizeError, `${type} of ${length} bytes`);
}

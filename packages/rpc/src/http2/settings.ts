import { ConnectionError, protocolError } from "./connection-error.ts";
import { ErrorCode } from "./error-code.ts";
import { type Frame, MAX_31_BITS, MAX_FRAME_PAYLOAD, PayloadBytes, readUint32 } from "./frame.ts";
import { TABLE_SIZE } from "./hpack-decoder.ts";
import type { Http2Limits } from "./limits.ts";
import type { Sender } from "./sender.ts";
import type { StreamTable } from "./stream-table.ts";

/** Identifiers of settings (RFC 9113, section 6.5.2). */
const SettingId = {
  headerTableSize: 0x1,
  enablePush: 0x2,
  maxConcurrentStreams: 0x3,
  initialWindowSize: 0x4,
  maxFrameSize: 0x5,
  maxHeaderListSize: 0x6,
} as const;

const MAX_FRAME_SIZE_LIMIT = 0xff_ffff;

/** What this side announces. */
export function ownSettings(limits: Http2Limits): readonly (readonly [id: number, value: number])[] {
  return [
    [SettingId.maxConcurrentStreams, limits.maxConcurrentStreams],
    [SettingId.initialWindowSize, limits.streamWindowSize],
    [SettingId.maxHeaderListSize, limits.maxHeaderListSize],
  ];
}

/**
 * Applies the entries of a SETTINGS frame, in their order (section 6.5.3).
 * @throws ConnectionError when a value is not allowed.
 */
export function applySettings(sender: Sender, streams: StreamTable, { bytes, start, end }: Frame): void {
  for (let at = start; at < end; at += PayloadBytes.setting) {
    const id = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    applySetting(sender, streams, id, readUint32(bytes, at + 2));
  }
}

/** Those that are not named do not concern a server that pushes nothing and sends small frames, or are not known. */
function applySetting(sender: Sender, streams: StreamTable, id: number, value: number): void {
  if (id === SettingId.headerTableSize) {
    if (value < TABLE_SIZE) sender.giveUpTable();
  } else if (id === SettingId.enablePush) {
    if (value > 1) throw protocolError(`ENABLE_PUSH of ${value}`);
  } else if (id === SettingId.initialWindowSize) {
    if (value > MAX_31_BITS) throw windowTooLarge();
    changeInitialWindow(sender, streams, value);
  } else if (id === SettingId.maxFrameSize && (value < MAX_FRAME_PAYLOAD || value > MAX_FRAME_SIZE_LIMIT)) {
    throw protocolError(`MAX_FRAME_SIZE of ${value}`);
  }
}

/** Changes the windows of all streams, too, which may go below 0 (section 6.9.2). */
function changeInitialWindow(sender: Sender, streams: StreamTable, value: number): void {
  const change = value - sender.initialWindow;
  sender.initialWindow = value;
  for (const stream of streams.open.values()) {
    if (!sender.openStream(stream, change)) throw windowTooLarge();
  }
}

function windowTooLarge(): ConnectionError {
  return new ConnectionError(ErrorCode.flowControlError, "a window of a stream is too large");
}

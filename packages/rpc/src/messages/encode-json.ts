/** Half of a surrogate pair, as `JSON.stringify` writes it: a whole one is written as itself. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * JSON as `JSON.stringify` writes it, in UTF-8; half a surrogate pair is U+FFFD, as it is in protobuf. A Buffer, whose memory comes from a
 * pool: a `TextEncoder` takes ten times as long for a short text.
 */
export function encodeJson(text: string): Uint8Array<ArrayBuffer> {
  return Buffer.from(text.includes("\\ud") ? text.replace(LONE_SURROGATE, "$1\ufffd") : text);
}

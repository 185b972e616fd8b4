import { base64Encode } from "@bufbuild/protobuf/wire";
import type { RecordedCall, RecordedFrame } from "@triptych/rpc-web";

/** Headers that only the browser that made the call may or need send. */
const ownHeaders = new Set(["content-length", "host", "origin", "referer"]);

/**
 * A command for a terminal that sends the same bytes to the same place: JSON as text, anything else in base64. Undefined
 * where the request did not cross as one body, or is not kept whole.
 */
export function curlCommand(call: RecordedCall): string | undefined {
  if (call.protocol === "websocket") return undefined;
  const body = requestBody(call);
  if (body === undefined) return undefined;
  const isText = call.framing === "body" && call.protocol === "connect-json";
  const options = [
    call.framing === "body" ? "-s" : "-sN",
    ...(call.httpMethod === "POST" ? [] : ["-X", quote(call.httpMethod)]),
    ...call.requestHeaders
      .filter(([name]) => !ownHeaders.has(name))
      .map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    `--data-binary ${isText ? quote(new TextDecoder().decode(body)) : "@-"}`,
    // A terminal is no place for bytes.
    ...(isText ? [] : ["--output -"]),
  ];
  const command = `curl ${[...options, quote(call.url)].join(" ")}`;
  if (isText) return command;
  return `echo ${base64Encode(body)} | base64 -d | ${command} | xxd`;
}

function requestBody(call: RecordedCall): Uint8Array | undefined {
  const frames = call.frames.filter(({ direction }) => direction === "sent");
  const isWhole = frames.length === call.sentFrames && frames.every(isKeptWhole);
  if (!isWhole || frames.length === 0) return undefined;
  return new Uint8Array(frames.flatMap((frame) => [...prefix(frame), ...frame.payload]));
}

function isKeptWhole({ payload, length, incomplete }: RecordedFrame): boolean {
  return !incomplete && payload.length === length;
}

function prefix({ flag, length }: RecordedFrame): Uint8Array {
  if (flag === undefined) return new Uint8Array();
  const bytes = new Uint8Array(5);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, flag);
  view.setUint32(1, length);
  return bytes;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

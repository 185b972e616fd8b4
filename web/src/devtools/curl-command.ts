import { base64Encode } from "@bufbuild/protobuf/wire";
import type { RecordedCall } from "@triptych/rpc-web";
import { bodyBytes } from "./body-bytes.ts";

/** Headers that only the browser that made the call may or need send: another call belongs to another trace. */
const ownHeaders = new Set(["content-length", "host", "origin", "referer", "traceparent"]);

/**
 * A command for a terminal that sends the same bytes to the same place: JSON as text, anything else in base64. Undefined
 * where the request did not cross as one body, or is not kept whole.
 */
export function curlCommand(call: RecordedCall): string | undefined {
  if (call.protocol === "websocket") return undefined;
  const body = call.sentFrames === 0 ? undefined : bodyBytes(call, "sent");
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

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

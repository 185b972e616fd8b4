import type { RecordedFrame } from "@triptych/rpc-web";

/** A frame as people read it: its JSON as it is, anything else byte by byte, with what stands before it where it is in an envelope. */
export function frameText({ flag, length, payload, codec, meaning }: RecordedFrame): string {
  const isText = codec === "json" || meaning === "trailers";
  if (flag === undefined && length === 0) return "(no bytes: the end of the messages)";
  const content = isText ? new TextDecoder().decode(payload).trim() : hex(payload);
  if (flag === undefined) return content;
  const prefix = new Uint8Array(5);
  prefix[0] = flag;
  new DataView(prefix.buffer).setUint32(1, length);
  return `${hex(prefix)} │ ${content}`;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

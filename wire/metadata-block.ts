import { ProtocolError } from "./protocol-error.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Writes metadata as lines `key: value\r\n`, keys in lower case, several values of a key joined with `, `. */
export function encodeMetadata(metadata: Headers): Uint8Array<ArrayBuffer> {
  let text = "";
  for (const [key, value] of metadata) text += `${key}: ${value}\r\n`;
  return encoder.encode(text);
}

/**
 * Reads a block of lines `key: value`, separated by CRLF, the last of which may go without.
 * @throws ProtocolError when the block is not UTF-8, or a line has no key, or a key or value that no header may have.
 */
export function decodeMetadata(block: Uint8Array): Headers {
  const metadata = new Headers();
  for (const line of decodeText(block).split("\r\n")) {
    if (line !== "") appendLine(metadata, line);
  }
  return metadata;
}

function appendLine(metadata: Headers, line: string): void {
  const colon = line.indexOf(":");
  try {
    metadata.append(line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim());
  } catch {
    // The error of the platform names nothing of use.
    throw new ProtocolError(`metadata must have lines "key: value": got ${JSON.stringify(line.slice(0, 50))}`);
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProtocolError("metadata must be UTF-8");
  }
}

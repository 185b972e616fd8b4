import { CONNECTION_HEADERS, isFieldName, isFieldValue } from "./field-kind.ts";
import { staticTable } from "./static-table.ts";

/** A header block of a response, encoded once and sent as often as wanted. Made by `prepareHeaders`. */
export class PreparedHeaders {
  /** The block; it refers to no dynamic table, so that it is right on every connection. */
  readonly block: Uint8Array;
  /** Whether the connection adds the `date` when it sends the block: to the heads of final responses that have none. */
  readonly lacksDate: boolean;

  constructor(block: Uint8Array, lacksDate: boolean) {
    this.block = block;
    this.lacksDate = lacksDate;
  }
}

/** The first bits and the prefix of the representations used (RFC 7541, sections 6.1 and 6.2.2). */
const INDEXED = { pattern: 0x80, prefixBits: 7 };
const WITHOUT_INDEXING = { pattern: 0x00, prefixBits: 4 };
/** A string that is not Huffman-coded (section 5.2). */
const PLAIN_STRING = { pattern: 0x00, prefixBits: 7 };

const nameIndexes = new Map<string, number>();
const entryIndexes = new Map<string, number>();
staticTable.forEach(({ name, value }, index) => {
  if (!nameIndexes.has(name)) nameIndexes.set(name, index + 1);
  entryIndexes.set(`${name}\0${value}`, index + 1);
});

/**
 * Encodes the head of a response, or trailers when the status is undefined. Names are made lower-case; characters of values have to be
 * Latin-1. A head without `date` gets one from its connection.
 * @throws TypeError for a name or value that HTTP/2 does not allow (RFC 9113, section 8.2), connection-specific headers among them.
 */
export function prepareHeaders(
  status: number | undefined,
  headers: Iterable<readonly [name: string, value: string]> = [],
): PreparedHeaders {
  const parts: Uint8Array[] = [];
  // Interim responses need none, trailers may have none (RFC 9110, sections 6.5.1 and 6.6.1).
  let lacksDate = status !== undefined && status >= 200;
  if (status !== undefined) appendField(parts, ":status", String(status));
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    if (!isFieldName(name) || CONNECTION_HEADERS.has(name)) {
      throw new TypeError(`a header of a response over HTTP/2 cannot be named ${JSON.stringify(given)}`);
    }
    if (!isFieldValue(value) || !isLatin1(value)) {
      throw new TypeError(`${name} cannot have the value ${JSON.stringify(value)}`);
    }
    if (name === "date") lacksDate = false;
    appendField(parts, name, value);
  }
  return new PreparedHeaders(Buffer.concat(parts), lacksDate);
}

/** A header from the static table where it is there, otherwise written out without going into the client's table. */
function appendField(parts: Uint8Array[], name: string, value: string): void {
  const entry = entryIndexes.get(`${name}\0${value}`);
  if (entry !== undefined && value !== "") {
    parts.push(integer(INDEXED, entry));
    return;
  }
  const nameIndex = nameIndexes.get(name) ?? 0;
  parts.push(integer(WITHOUT_INDEXING, nameIndex));
  if (nameIndex === 0) appendString(parts, name);
  appendString(parts, value);
}

function appendString(parts: Uint8Array[], text: string): void {
  parts.push(integer(PLAIN_STRING, text.length), Buffer.from(text, "latin1"));
}

/** An integer behind the first bits of its byte (RFC 7541, section 5.1). */
function integer({ pattern, prefixBits }: { pattern: number; prefixBits: number }, value: number): Uint8Array {
  const mask = (1 << prefixBits) - 1;
  if (value < mask) return Uint8Array.of(pattern | value);
  const bytes = [pattern | mask];
  let rest = value - mask;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function isLatin1(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of Latin-1
  return /^[\x00-\xff]*$/.test(text);
}

import { BlockMemory } from "./block-memory.ts";
import { ConnectionError } from "./connection-error.ts";
import { copyToKeep } from "./copy-to-keep.ts";
import { createDecodedHead, type DecodedHead, headersOf, isTrailers } from "./decoded-head.ts";
import { ErrorCode } from "./error-code.ts";
import { type HeaderListBounds, HpackDecoder } from "./hpack-decoder.ts";

/** A block may be larger than the list that a request may have, so that one that is too large still costs only its stream, but not endless. */
const BLOCK_PER_LIST = 4;
/** Frames of one block, besides the first. */
const MAX_CONTINUATIONS = 64;

/** Why a header block is of no use, although it could be decoded. */
export type BadBlock = "malformed" | "too large";

/** A block that goes on in CONTINUATION frames (RFC 9113, section 6.10). */
interface OpenBlock {
  readonly stream: number;
  readonly endStream: boolean;
  bytes: Buffer;
  continuations: number;
}

/** Puts the header blocks of a connection together, and decodes them. */
export class HeaderBlocks {
  /** The block that is not whole yet; nothing but its CONTINUATION may come before it is. */
  open: OpenBlock | undefined = undefined;
  private readonly decoder: HpackDecoder;
  private readonly memory = new BlockMemory();
  private readonly maxBlockBytes: number;

  constructor(bounds: HeaderListBounds) {
    this.decoder = new HpackDecoder(bounds);
    this.maxBlockBytes = BLOCK_PER_LIST * bounds.maxHeaderListSize;
  }

  /** Keeps the first part of a block. */
  begin(stream: number, endStream: boolean, part: Buffer): void {
    this.open = { stream, endStream, bytes: copyToKeep(part, 0, part.length), continuations: 0 };
  }

  /** Adds a part to the open block. */
  add(block: OpenBlock, part: Buffer): void {
    block.continuations += 1;
    if (block.continuations > MAX_CONTINUATIONS || block.bytes.length + part.length > this.maxBlockBytes) {
      throw new ConnectionError(ErrorCode.enhanceYourCalm, "a header block that is too large");
    }
    block.bytes = Buffer.concat([block.bytes, part]);
  }

  /**
   * Decodes the block of a request.
   * @throws ConnectionError when the block cannot be decoded.
   */
  decodeHead(bytes: Buffer, start: number, end: number): DecodedHead | BadBlock {
    const { decoder, memory } = this;
    const { generation } = decoder;
    const known = memory.find(generation, bytes, start, end);
    if (known !== undefined) return known;
    const fields = decoder.decode(bytes, start, end);
    if (decoder.isOverBounds) return "too large";
    const head = createDecodedHead(fields);
    if (head === undefined) return "malformed";
    // A block that has changed the table means something else the next time.
    if (decoder.generation === generation) memory.remember(generation, bytes, start, end, head);
    return head;
  }

  /** Decodes the block behind a body. */
  decodeTrailers(bytes: Buffer, start: number, end: number): Readonly<Record<string, string>> | BadBlock {
    const fields = this.decoder.decode(bytes, start, end);
    if (this.decoder.isOverBounds) return "too large";
    return isTrailers(fields) ? headersOf(fields) : "malformed";
  }

  /** Decodes a block of which nothing but the state of the tables matters (RFC 9113, section 4.3). */
  skip(bytes: Buffer, start: number, end: number): void {
    this.decoder.decode(bytes, start, end);
  }
}

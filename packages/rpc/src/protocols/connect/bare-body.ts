import { Code, ConnectError } from "@connectrpc/connect";
import type { RequestBody } from "../../call/request-body.ts";

/** What the body of a unary call of Connect is read against. */
export interface BareBodyOptions {
  /** The largest message, in bytes. */
  readonly maxBytes: number;
  /** What `content-length` says. */
  readonly promised: string | undefined;
}

/**
 * The bytes of a body that is the message itself; undefined while it is not whole. Throws a ConnectError, as soon as it is known, for one
 * that is too large or has another length than promised.
 */
export function readBareBody(body: RequestBody, { maxBytes, promised }: BareBodyOptions): Uint8Array | undefined {
  const length = lengthOf(promised);
  if (length !== undefined && length > maxBytes) throw tooLarge(maxBytes, ` ${length}`);
  if (length !== undefined && (body.length > length || (body.ended && body.length < length))) {
    const text = `protocol error: promised ${length} bytes, received ${body.length}`;
    throw new ConnectError(text, Code.InvalidArgument);
  }
  if (body.length > maxBytes) throw tooLarge(maxBytes, "");
  return body.ended ? body.peek() : undefined;
}

function lengthOf(promised: string | undefined): number | undefined {
  return promised !== undefined && /^\d+$/.test(promised) ? Number(promised) : undefined;
}

function tooLarge(limit: number, size: string): ConnectError {
  const text = `message size${size} is larger than configured readMaxBytes ${limit}`;
  return new ConnectError(text, Code.ResourceExhausted);
}

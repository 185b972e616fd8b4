import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { mergedVary } from "./merge-headers.ts";

const CONNECT_UNARY = /^application\/(?:proto|json)\b/;
/** Smaller answers are never compressed. */
const COMPRESSED_FROM_BYTES = 1_024;

/**
 * An answer of the library with the headers that HTTP asks for and that it leaves out: `allow` where the HTTP method is not allowed;
 * `vary` where a body may be compressed or not, by what the client takes; and for GET `cache-control`, so that what is meant for one
 * client stays in no cache, unless the implementation has set it.
 */
export function completeAnswer(
  answer: UniversalServerResponse,
  { method, methodKind, allowedMethods }: AnsweredCall,
): UniversalServerResponse {
  const header = new Headers(answer.header);
  if (answer.status === 405) header.set("allow", allowedMethods.join(", "));
  const isGet = method === "GET";
  if (methodKind === "unary" && (isGet || CONNECT_UNARY.test(header.get("content-type") ?? ""))) {
    if (isGet || mayBeCompressed(header)) header.set("vary", mergedVary(header.get("vary"), "accept-encoding"));
    if (isGet && !header.has("cache-control")) header.set("cache-control", "no-store");
  }
  return { ...answer, header };
}

/** What an answer is the answer to. */
export interface AnsweredCall {
  /** That of HTTP. */
  readonly method: string | undefined;
  readonly methodKind: UniversalHandler["method"]["methodKind"];
  readonly allowedMethods: readonly string[];
}

function mayBeCompressed(header: Headers): boolean {
  return header.has("content-encoding") || isCompressible(Number(header.get("content-length")));
}

/** Whether the answer of a Connect unary call with so many bytes is compressed for those who take that. */
export function isCompressible(bytes: number): boolean {
  return bytes >= COMPRESSED_FROM_BYTES;
}

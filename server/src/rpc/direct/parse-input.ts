import type { IncomingHttpHeaders } from "node:http";
import type { Message } from "@bufbuild/protobuf";
import type { DirectMethod } from "./direct-method.ts";
import { onlyMessage } from "./envelope.ts";
import { type BodyRead, joinChunks } from "./read-body.ts";
import type { WireFormat } from "./wire-format.ts";

/** What a body is the body of. */
interface InputSource {
  readonly method: DirectMethod;
  readonly format: WireFormat;
  readonly headers: IncomingHttpHeaders;
}

/** The message of a body that holds one and nothing else; undefined for any other, about which the library says what is wrong. */
export function parseInput(
  { method, format, headers }: InputSource,
  { chunks, complete }: BodyRead,
  maxBytes: number,
): Message | undefined {
  if (!complete) return undefined;
  const body = joinChunks(chunks);
  const bytes = format.enveloped ? onlyMessage(body, maxBytes) : wholeBody(body, headers, maxBytes);
  if (bytes === undefined) return undefined;
  try {
    return method.serialization.getI(format.binary).parse(bytes);
  } catch {
    return undefined;
  }
}

function wholeBody(body: Uint8Array, headers: IncomingHttpHeaders, maxBytes: number): Uint8Array | undefined {
  const promised = headers["content-length"];
  if (promised !== undefined && Number(promised) !== body.length) return undefined;
  return body.length <= maxBytes ? body : undefined;
}

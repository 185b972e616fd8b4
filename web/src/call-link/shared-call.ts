import type { JsonValue } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { compress, decompress } from "./compress.ts";

/** Names and values that go with a call, in order; a name may be there more than once. */
export type Metadata = readonly (readonly [name: string, value: string])[];

/** A call that a person filled in, as a link holds it. */
export interface SharedCall {
  /** The method, such as `helloworld.Greeter/SayHello`. */
  readonly method: string;
  /** The message, as JSON. */
  readonly request: JsonValue;
  readonly metadata: Metadata;
  /** The deadline as it was written, such as `5s`; empty for none. */
  readonly deadline: string;
  /** The server, where that is not the one of the page. It stands in the query of a link, and not in what is read from its hash. */
  readonly server?: string;
}

/** The largest call that is read from a link, in bytes of JSON. */
const largest = 1_000_000;
const prefix = "#call=";

/** The part of an address after the `#` that holds a call, with the `#`. The same call always gives the same text. */
export async function sharedHash({ method, request, metadata, deadline }: SharedCall): Promise<string> {
  const json = JSON.stringify([method, request, metadata, deadline]);
  return prefix + base64Encode(await compress(new TextEncoder().encode(json), "deflate-raw"), "url");
}

/** The call in the part of an address after the `#`; undefined where there is none, or it is damaged or too large. */
export async function readSharedHash(hash: string): Promise<SharedCall | undefined> {
  if (!isSharedHash(hash)) return undefined;
  try {
    const bytes = await decompress(base64Decode(hash.slice(prefix.length)), "deflate-raw", largest);
    return readShared(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

/** Whether the part of an address after the `#` is meant to hold a call. */
export function isSharedHash(hash: string): boolean {
  return hash.startsWith(prefix);
}

function readShared(json: unknown): SharedCall | undefined {
  if (!Array.isArray(json)) return undefined;
  const [method, request, metadata, deadline] = json;
  const isWhole = typeof method === "string" && request !== undefined && typeof deadline === "string";
  if (!isWhole || !Array.isArray(metadata)) return undefined;
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === "string");
  return metadata.every(isPair) ? { method, request, metadata, deadline } : undefined;
}

import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import type { HandlerContext, Interceptor } from "@connectrpc/connect";
import type { Compression, MethodSerializationLookup } from "@connectrpc/connect/protocol";
import type { CallOptions } from "../protocols/call-options.ts";
import type { WireFormat } from "../protocols/wire-format.ts";

/** A method's implementation with the types of its messages left out: what comes in and out depends on the kind of method. */
export type Implementation = (input: never, context: HandlerContext) => Promise<unknown> | AsyncIterable<unknown>;

/** A method as it is served. */
export interface Method {
  readonly desc: DescMethod;
  /** Such as `/package.Service/Method`. */
  readonly path: string;
  /** Whether clients send one message, and not a stream of them. */
  readonly readsOne: boolean;
  /** Whether it answers with a stream of messages. */
  readonly sendsMany: boolean;
  /** Whether messages stream in one direction at least. */
  readonly streams: boolean;
  /** What a call takes from the share of its caller. */
  readonly cost: number;
  readonly implementation: Implementation;
  /** Run for every call, the first one outermost. */
  readonly interceptors: readonly Interceptor[];
  readonly serialization: MethodSerializationLookup<DescMessage, DescMessage>;
  /** The headers of a response that nobody has changed, frozen. */
  responseHeaders(format: WireFormat, options: CallOptions): Readonly<Record<string, string>>;
}

/** Makes the headers of responses, each kind once: they are never changed. */
export function createResponseHeaders(): Method["responseHeaders"] {
  const plain = new Map<WireFormat, Readonly<Record<string, string>>>();
  const compressed = new Map<WireFormat, Map<Compression, Readonly<Record<string, string>>>>();
  return (format, { responseCompression }) => {
    // A message of a Connect unary call says for itself whether it is compressed.
    if (responseCompression === undefined || !format.enveloped) {
      return remember(plain, format, () => Object.freeze({ "content-type": format.contentType }));
    }
    const byCompression = remember(compressed, format, () => new Map<Compression, Readonly<Record<string, string>>>());
    return remember(byCompression, responseCompression, () =>
      Object.freeze({ "content-type": format.contentType, [format.encodingHeader]: responseCompression.name }),
    );
  };
}

function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

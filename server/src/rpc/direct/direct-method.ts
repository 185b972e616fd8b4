import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import type { Compression, MethodSerializationLookup, UniversalHandler } from "@connectrpc/connect/protocol";
import type { AnyMethod } from "../guard-method.ts";
import type { RequestBytes } from "../messages/request-bytes.ts";
import type { RunningHandlers } from "../running-handlers.ts";
import type { CallTerms } from "./call-terms.ts";
import type { WireFormat } from "./wire-format.ts";

/** A method as the direct path serves it. */
export interface DirectMethod {
  readonly desc: DescMethod;
  /** Such as `/package.Service/Method`. */
  readonly path: string;
  /** The formats in which the direct path serves it over HTTP, by content type. */
  readonly formats: ReadonlyMap<string, WireFormat>;
  /** The implementation itself, not guarded. */
  readonly implementation: AnyMethod;
  readonly interceptors: readonly Interceptor[];
  readonly serialization: MethodSerializationLookup<DescMessage, DescMessage>;
  readonly running: RunningHandlers;
  /** The largest request message in bytes. */
  readonly maxMessageBytes: number;
  /** Where the bytes of incomplete messages count. */
  readonly requestBytes: RequestBytes;
  /** Serves what the direct path leaves. */
  readonly library: UniversalHandler;
  /** The headers of an answer that nobody has changed. */
  headersOf(format: WireFormat, terms: CallTerms): Record<string, string>;
}

/** Makes the headers of answers, each kind once: they are never changed. */
export function createAnswerHeaders(): DirectMethod["headersOf"] {
  const plain = new Map<WireFormat, Record<string, string>>();
  const compressed = new Map<WireFormat, Map<Compression, Record<string, string>>>();
  return (format, { compression }) => {
    // A message of a Connect unary call says for itself whether it is compressed.
    if (compression === undefined || !format.enveloped) {
      return remember(plain, format, () => Object.freeze({ "content-type": format.contentType }));
    }
    const byCompression = remember(compressed, format, () => new Map<Compression, Record<string, string>>());
    return remember(byCompression, compression, () =>
      Object.freeze({ "content-type": format.contentType, [format.encodingHeader]: compression.name }),
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

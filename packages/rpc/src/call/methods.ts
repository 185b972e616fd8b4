import type { Interceptor } from "@connectrpc/connect";
import { type CodecOptions, createMessageCodec } from "../messages/message-codec.ts";
import { collectMethods, type Routes } from "./collect-methods.ts";
import type { FairShareOptions } from "./fair-share.ts";
import type { LoadSheddingOptions } from "./load-shedder.ts";
import { createResponseHeaders, type Method } from "./method.ts";

/** What methods are made of. */
export interface MethodOptions extends Omit<CodecOptions, "maxMessageBytes" | "onTooManyElements"> {
  readonly routes: Routes;
  /** Run for every call, the first one outermost. */
  readonly interceptors: readonly Interceptor[];
  /** The largest request message, in bytes, after decompression; a larger one is RESOURCE_EXHAUSTED. */
  readonly readMaxBytes: number;
  /** What callers share; nothing unless given. */
  readonly fairShare?: Pick<FairShareOptions, "costOf"> | undefined;
  /** What is shed when the server is overloaded; nothing unless given. */
  readonly loadShedding?: Pick<LoadSheddingOptions, "costOf"> | undefined;
}

/**
 * Makes all methods, by path.
 * @throws Error when one of a list of services has no implementation, or two have one path.
 */
export function createMethods(
  options: MethodOptions & Pick<CodecOptions, "onTooManyElements">,
): ReadonlyMap<string, Method> {
  const { interceptors, readMaxBytes, jsonOptions, fairShare, loadShedding } = options;
  const costOf = fairShare?.costOf ?? loadShedding?.costOf;
  const responseHeaders = createResponseHeaders();
  const methods = new Map<string, Method>();
  for (const { desc, implementation, options: own } of collectMethods(options.routes)) {
    const { methodKind } = desc;
    const path = `/${desc.parent.typeName}/${desc.name}`;
    if (methods.has(path)) throw new Error(`${path} is implemented twice`);
    const codec = { ...options, jsonOptions: own.jsonOptions ?? jsonOptions, maxMessageBytes: readMaxBytes };
    methods.set(path, {
      desc,
      path,
      readsOne: methodKind === "unary" || methodKind === "server_streaming",
      sendsMany: methodKind === "server_streaming" || methodKind === "bidi_streaming",
      streams: methodKind !== "unary",
      cost: costOf?.(desc) ?? 1,
      implementation,
      interceptors: [...interceptors, ...(own.interceptors ?? [])],
      serialization: createMessageCodec(desc, codec),
      responseHeaders,
    });
  }
  return methods;
}

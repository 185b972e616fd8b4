import type { DescMethod } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import { implementationOf, type MethodOptions, type Methods } from "../create-methods.ts";
import { createMessageCodec } from "../messages/message-codec.ts";
import type { RequestBytes } from "../messages/request-bytes.ts";
import type { RunningHandlers } from "../running-handlers.ts";
import { createAnswerHeaders, type DirectMethod } from "./direct-method.ts";
import { formatsOf } from "./wire-format.ts";

/** What direct methods are made with: the library's own handlers, for what the direct path leaves to them, and the count of both. */
export interface DirectMethodOptions extends MethodOptions {
  readonly library: Methods;
  readonly running: RunningHandlers;
  /** Where the bytes of incomplete messages count. */
  readonly requestBytes: RequestBytes;
}

/** Makes the methods that the direct path serves, by path. */
export function createDirectMethods(options: DirectMethodOptions): ReadonlyMap<string, DirectMethod> {
  const headersOf = createAnswerHeaders();
  const interceptors: readonly Interceptor[] = [...options.interceptors];
  const methods = new Map<string, DirectMethod>();
  for (const { service, implementation } of options.routes) {
    for (const desc of service.methods) {
      const path = pathOf(desc);
      const formats = formatsOf(desc.methodKind);
      const library = options.library.get(path);
      if (library === undefined) continue;
      methods.set(path, {
        desc,
        path,
        formats,
        interceptors,
        headersOf,
        library,
        implementation: implementationOf(implementation, desc),
        serialization: createMessageCodec(desc, options),
        running: options.running,
        maxMessageBytes: options.maxMessageBytes,
        requestBytes: options.requestBytes,
      });
    }
  }
  return methods;
}

function pathOf({ parent, name }: DescMethod): string {
  return `/${parent.typeName}/${name}`;
}

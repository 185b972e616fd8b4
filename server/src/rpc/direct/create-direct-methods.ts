import type { DescMethod } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import { createMethodSerializationLookup, validateReadWriteMaxBytes } from "@connectrpc/connect/protocol";
import { implementationOf, type MethodOptions, type Methods } from "../create-methods.ts";
import type { RunningHandlers } from "../running-handlers.ts";
import { createAnswerHeaders, type DirectMethod } from "./direct-method.ts";
import { formatsOf } from "./wire-format.ts";

/** What direct methods are made with: the library's own handlers, for what the direct path leaves to them, and the count of both. */
export interface DirectMethodOptions extends MethodOptions {
  readonly library: Methods;
  readonly running: RunningHandlers;
}

/** Makes the methods that the direct path serves, by path. */
export function createDirectMethods(options: DirectMethodOptions): ReadonlyMap<string, DirectMethod> {
  const headersOf = createAnswerHeaders();
  const limits = validateReadWriteMaxBytes(options.maxMessageBytes, undefined, undefined);
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
        serialization: createMethodSerializationLookup(desc, undefined, undefined, limits),
        running: options.running,
        maxMessageBytes: options.maxMessageBytes,
      });
    }
  }
  return methods;
}

function pathOf({ parent, name }: DescMethod): string {
  return `/${parent.typeName}/${name}`;
}

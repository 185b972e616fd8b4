import type { DescMethod, Registry } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import { createMessageCodec } from "../messages/message-codec.ts";
import { createResponseHeaders, type Implementation, type Method } from "./method.ts";
import type { ServiceRoute } from "./service-route.ts";

/** What methods are made of. */
export interface MethodOptions {
  readonly routes: readonly ServiceRoute[];
  /** Run for every call, the first one outermost. */
  readonly interceptors: readonly Interceptor[];
  /** The largest request message, in bytes, after decompression; a larger one is RESOURCE_EXHAUSTED. */
  readonly readMaxBytes: number;
  /** The most elements of a request message: fields, items, entries, values; `DEFAULT_MAX_ELEMENTS` unless given. */
  readonly maxMessageElements?: number;
  /** Knows the messages that a google.protobuf.Any may hold where it is read or written as JSON; none unless given. */
  readonly registry?: Registry;
  /** Called for each message that has too many elements. */
  readonly onTooManyElements?: () => void;
}

/** Makes all methods, by path. Throws when one has no implementation. */
export function createMethods(options: MethodOptions): ReadonlyMap<string, Method> {
  const { interceptors, readMaxBytes } = options;
  const responseHeaders = createResponseHeaders();
  const methods = options.routes.flatMap(({ service, implementation }) =>
    service.methods.map((desc): Method => {
      const { methodKind } = desc;
      return {
        desc,
        path: `/${desc.parent.typeName}/${desc.name}`,
        readsOne: methodKind === "unary" || methodKind === "server_streaming",
        answersMany: methodKind === "server_streaming" || methodKind === "bidi_streaming",
        implementation: implementationOf(implementation, desc),
        interceptors,
        serialization: createMessageCodec(desc, { ...options, maxMessageBytes: readMaxBytes }),
        responseHeaders,
      };
    }),
  );
  return new Map(methods.map((method) => [method.path, method]));
}

/** The implementation of a method, bound to the object that it is a method of. */
function implementationOf(implementation: ServiceRoute["implementation"], method: DescMethod): Implementation {
  // Complete by the type that serviceRoute checked; here the service is no longer known.
  const methods = implementation as Readonly<Record<string, Implementation | undefined>>;
  const call = methods[method.localName];
  if (call === undefined) throw new Error(`${method.parent.typeName}/${method.name} has no implementation`);
  return call.bind(implementation);
}

import { create } from "@bufbuild/protobuf";
import type { HandlerContext, Interceptor, StreamResponse, UnaryResponse } from "@connectrpc/connect";
import type { DirectCall } from "./direct-call.ts";

type AnyRequest = Parameters<ReturnType<Interceptor>>[0];
type AnyResponse = UnaryResponse | StreamResponse;
type Next = (request: AnyRequest) => Promise<AnyResponse>;

/** Runs the interceptors of a call around `run`, which is given what the innermost of them passes on. */
export async function intercept(
  call: DirectCall,
  message: { readonly stream: boolean; readonly message: unknown },
  run: (request: AnyRequest, context: HandlerContext) => Promise<unknown>,
): Promise<unknown> {
  const { context, method } = call;
  const innermost = async (request: AnyRequest): Promise<AnyResponse> =>
    ({
      stream: message.stream,
      message: await run(request, contextOf(call, request)),
      method: method.desc,
      service: method.desc.parent,
      header: context.responseHeader,
      trailer: context.responseTrailer,
      // Whether it is a stream is known by the method, not to its type.
    }) as AnyResponse;
  let next: Next = innermost;
  for (let index = method.interceptors.length - 1; index >= 0; index--) {
    const interceptor = method.interceptors[index];
    // The type of an interceptor says that it returns what it is given, a unary or a stream response.
    if (interceptor !== undefined) next = interceptor(next as never) as Next;
  }
  return next({
    ...message,
    method: method.desc,
    requestMethod: context.requestMethod,
    url: context.url,
    signal: context.signal,
    header: context.requestHeader,
    service: method.desc.parent,
    contextValues: context.values,
  } as AnyRequest);
}

function contextOf({ context }: DirectCall, request: AnyRequest): HandlerContext {
  return {
    ...context,
    service: request.service,
    requestHeader: request.header,
    signal: request.signal,
    values: request.contextValues,
  };
}

/** Makes the headers of a call those that an interceptor answered with. */
export function copyHeaders(from: Headers, to: Headers): void {
  if (from === to) return;
  for (const name of [...to.keys()]) to.delete(name);
  for (const [name, value] of from) to.set(name, value);
}

/** A complete message of what an implementation returned, which may leave fields out. */
export function completeMessage(call: DirectCall, message: unknown) {
  // What comes back is checked by the type of the implementation; here its method is no longer known.
  return create(call.method.desc.output, message as never);
}

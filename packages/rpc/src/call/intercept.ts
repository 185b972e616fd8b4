import { create, type DescMethod, type DescService } from "@bufbuild/protobuf";
import type { ContextValues, HandlerContext, Interceptor, StreamResponse, UnaryResponse } from "@connectrpc/connect";
import type { Call } from "./call.ts";
import { LazySignal } from "./lazy-signal.ts";

type AnyRequest = Parameters<ReturnType<Interceptor>>[0];
type AnyResponse = UnaryResponse | StreamResponse;
type Next = (request: AnyRequest) => Promise<AnyResponse>;

/** Runs the interceptors of a call around `run`, which is given what the innermost of them passes on. */
export function intercept(
  call: Call,
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
    if (interceptor === undefined) continue;
    const isObserved = call.settings.observer?.waited !== undefined;
    next = isObserved ? reportingWaits(call, interceptor, next) : wrap(interceptor, next);
  }
  // Whether it is a stream is known by the method, not to its type.
  return next(new CallRequest(call, message) as unknown as AnyRequest);
}

function wrap(interceptor: Interceptor, next: Next): Next {
  // The type of an interceptor says that it returns what it is given, a unary or a stream response.
  return interceptor(next as never) as Next;
}

/** Runs an interceptor, and reports how long it took until it passed the request on, unless it did that at once. */
function reportingWaits(call: Call, interceptor: Interceptor, next: Next): Next {
  let from = 0;
  let isWaiting = false;
  const run = wrap(interceptor, (request) => {
    const what = interceptor.name || "interceptor";
    if (isWaiting) call.settings.observer?.waited?.(call, { what, from, to: performance.now() });
    return next(request);
  });
  return (request) => {
    from = performance.now();
    const response = run(request);
    isWaiting = true;
    return response;
  };
}

/** The request as interceptors are given it. */
class CallRequest extends LazySignal {
  readonly stream: boolean;
  readonly message: unknown;
  readonly method: DescMethod;
  readonly requestMethod: string;
  readonly url: string;
  readonly header: Headers;
  readonly service: DescService;
  readonly contextValues: ContextValues;

  constructor(call: Call, { stream, message }: { readonly stream: boolean; readonly message: unknown }) {
    super(call);
    const { context } = call;
    this.stream = stream;
    this.message = message;
    this.method = context.method;
    this.requestMethod = context.requestMethod;
    this.url = context.url;
    this.header = context.requestHeader;
    this.service = context.service;
    this.contextValues = context.values;
  }
}

/** The context that goes with what interceptors pass on: the call's own when that is what they were given. */
function contextOf({ context }: Call, request: AnyRequest): HandlerContext {
  const { header, contextValues } = request;
  if (request instanceof CallRequest && header === context.requestHeader && contextValues === context.values) {
    return context;
  }
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
  // Appended, since a cookie comes more than once.
  for (const [name, value] of from) to.append(name, value);
}

/** A complete message of what an implementation returned, which may leave fields out. */
export function completeMessage(call: Call, message: unknown) {
  // What comes back is checked by the type of the implementation; here its method is no longer known.
  return create(call.method.desc.output, message as never);
}

import { Code, ConnectError, type Interceptor, type StreamRequest, type UnaryRequest } from "@connectrpc/connect";
import { wordKey } from "./report-context.ts";

type Request = UnaryRequest | StreamRequest;
type Next = Parameters<Interceptor>[0];
type Response = Awaited<ReturnType<Next>>;
type Doing = (request: Request, next: Next) => Promise<Response>;

/** The header that names what each interceptor does, such as `outer:retry, inner:throw-before`. */
export const PLAN_HEADER = "x-plan";

/** What an interceptor can do, by name. */
const doings = {
  "set-request-header": (request, next) => {
    request.header.set("x-request", "set by an interceptor");
    request.header.delete("x-asked");
    return next(request);
  },
  "replace-request-header": (request, next) =>
    next({ ...request, header: new Headers({ "x-request": "replaced" }) } as Request),
  "set-response": async (request, next) => {
    const response = await next(request);
    response.header.set("x-response", "set by an interceptor");
    response.header.append("x-response", "twice");
    response.trailer.append("x-trailer", "set by an interceptor");
    return response;
  },
  "delete-response-header": async (request, next) => {
    const response = await next(request);
    response.header.delete("content-type");
    response.header.delete("x-answer");
    return response;
  },
  "replace-response-header": async (request, next) => {
    const response = await next(request);
    return { ...response, header: new Headers([...response.header, ["x-replaced", "header"]]) } as Response;
  },
  "empty-response-header": async (request, next) =>
    ({ ...(await next(request)), header: new Headers(), trailer: new Headers() }) as Response,
  "replace-trailer": async (request, next) => {
    const response = await next(request);
    return { ...response, trailer: new Headers([...response.trailer, ["x-replaced", "trailer"]]) } as Response;
  },
  "set-word": (request, next) => {
    request.contextValues.set(wordKey, "a word of an interceptor");
    return next(request);
  },
  "copy-request": (request, next) => next({ ...request } as Request),
  "aborted-signal": (request, next) =>
    next({ ...request, signal: AbortSignal.abort(new ConnectError("by an interceptor", Code.Aborted)) } as Request),
  "change-url": (request, next) => next({ ...request, url: "http://elsewhere/" } as Request),
  "throw-before": () => Promise.reject(new ConnectError("before", Code.PermissionDenied, { "x-error": "before" })),
  "throw-error-before": () => Promise.reject(new Error("before")),
  "throw-at-once": () => {
    throw new ConnectError("at once", Code.Unauthenticated);
  },
  "throw-after": async (request, next) => {
    await next(request);
    throw new ConnectError("after", Code.DataLoss, { "x-error": "after" });
  },
  "throw-undefined-after": async (request, next) => {
    await next(request);
    throw undefined;
  },
  "map-errors": async (request, next) => {
    try {
      const response = await next(request);
      if (!response.stream) return response;
      return { ...response, message: mapErrors(response.message) };
    } catch (error) {
      throw mapped(error);
    }
  },
  retry: async (request, next) => {
    await next(request).catch(() => undefined);
    return await next(request);
  },
  late: async (request, next) => {
    await turn();
    const response = await next(request);
    await turn();
    return response;
  },
  "answer-itself": async (request, next) => {
    const response = await next(request);
    // The plain object is what an interceptor that does not know the messages would make.
    const message = { $typeName: request.method.output.typeName, reply: undefined } as never;
    return response.stream ? { ...response, message: iterate([message]) } : { ...response, message };
  },
  "answer-alone": async (request) => {
    const common = {
      service: request.service,
      method: request.method,
      header: new Headers({ "x-alone": "header" }),
      trailer: new Headers({ "x-alone": "trailer" }),
    };
    const message = { $typeName: request.method.output.typeName };
    // An interceptor that answers for the implementation has to say itself what kind of answer that is.
    return (
      request.stream ? { ...common, stream: true, message: iterate([message]) } : { ...common, stream: false, message }
    ) as Response;
  },
  "end-early": async (request, next) => {
    const response = await next(request);
    return response.stream ? { ...response, message: firstOf(response.message) } : response;
  },
  "throw-between": async (request, next) => {
    const response = await next(request);
    return response.stream ? { ...response, message: throwAfterFirst(response.message) } : response;
  },
  "change-messages": async (request, next) => {
    const response = await next(request);
    return response.stream ? { ...response, message: doubled(response.message) } : response;
  },
} satisfies Record<string, Doing>;

/** The names of what an interceptor can do. */
export const DOINGS: readonly string[] = Object.keys(doings);

/** An interceptor that does what the request's plan says for its name, if anything. */
export function plannedInterceptor(name: string): Interceptor {
  return (next) => (request) => {
    const planned = (request.header.get(PLAN_HEADER) ?? "").split(/, */).filter((part) => part.startsWith(`${name}:`));
    const run = planned.reduceRight<Next>((inner, part) => {
      const doing = (doings as Record<string, Doing | undefined>)[part.slice(name.length + 1)];
      return doing === undefined ? inner : (outer) => doing(outer, inner);
    }, next);
    return run(request);
  };
}

async function* iterate<T>(messages: readonly T[]): AsyncGenerator<T> {
  yield* messages;
}

async function* firstOf<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const message of messages) {
    yield message;
    return;
  }
}

async function* throwAfterFirst<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  yield* firstOf(messages);
  throw new ConnectError("between", Code.OutOfRange);
}

async function* doubled<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const message of messages) {
    yield message;
    yield message;
  }
}

async function* mapErrors<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw mapped(error);
  }
}

function mapped(error: unknown): ConnectError {
  return new ConnectError(`mapped: ${ConnectError.from(error).rawMessage}`, Code.NotFound);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

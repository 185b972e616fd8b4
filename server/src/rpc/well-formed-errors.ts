import { ConnectError, type Interceptor } from "@connectrpc/connect";
import { wellFormedError } from "./well-formed.ts";

/** Has every error that a call fails with well-formed before the library writes it: to be the outermost of all interceptors. */
export const wellFormedErrors: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    return response.stream ? { ...response, message: withWellFormedEnd(response.message) } : response;
  } catch (error) {
    throw mended(error);
  }
};

function withWellFormedEnd<T>(messages: AsyncIterable<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = messages[Symbol.asyncIterator]();
      return {
        next: () => iterator.next().catch((error) => Promise.reject(mended(error))),
        async return(value) {
          return (await iterator.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}

function mended(error: unknown): unknown {
  return error instanceof ConnectError ? wellFormedError(error) : error;
}

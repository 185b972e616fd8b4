import type { Interceptor } from "@connectrpc/connect";
import { type RetryOptions, retryCalls } from "@triptych/rpc-web";

type Next = Parameters<Interceptor>[0];

/** Goes on with a call that has failed with an error: makes it again, or fails. */
export type Retry = (error: unknown, next: Next) => Next;

/** What makes calls again. In a file of its own, so that a page loads its code only when the server is busy. */
export function openRetries(options: RetryOptions): Retry {
  const retries = retryCalls(options);
  return (error, next) => {
    let isFirst = true;
    return retries((request) => {
      if (!isFirst) return next(request);
      isFirst = false;
      return Promise.reject(error);
    });
  };
}

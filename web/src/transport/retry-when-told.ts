import { ConnectError, type Interceptor } from "@connectrpc/connect";
import type { RetryOptions } from "@triptych/rpc-web";
import type { Retry } from "./open-retries.ts";
import type { WaitingCalls } from "./waiting-calls.ts";

/**
 * Makes unary calls again that the server has refused with a time to try again, where that is safe: see `retryCalls`. They are among the waiting calls meanwhile. What fails in any
 * other way is for the queries of the page, and for the person who has made the call. The code that waits is loaded when it is first needed.
 */
export function retryWhenTold(waiting: WaitingCalls, environment?: RetryOptions["environment"]): Interceptor {
  let loading: Promise<Retry> | undefined;
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (request.stream || !ConnectError.from(error).metadata.has("grpc-retry-pushback-ms")) throw error;
      loading ??= import("./open-retries.ts").then(({ openRetries }) =>
        openRetries({ onWait: ({ until }) => waiting.add(until), ...(environment && { environment }) }),
      );
      const retry = await loading.catch(() => {
        loading = undefined;
        throw error;
      });
      return retry(error, next)(request);
    }
  };
}

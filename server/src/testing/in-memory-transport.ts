import { type ConnectRouter, createRouterTransport, type Interceptor, type Transport } from "@connectrpc/connect";
import { connectErrorFromDomainError } from "../interceptors/connect-error-from-domain-error.ts";

/** Serves services in memory, without our engine, and has the errors of the domain reach clients as the engine does. */
export function createInMemoryTransport(routes: (router: ConnectRouter) => void): Transport {
  return createRouterTransport(routes, { router: { interceptors: [mapErrors] } });
}

const mapErrors: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    return response.stream ? { ...response, message: mapErrorsOf(response.message) } : response;
  } catch (error) {
    throw connectErrorFromDomainError(error);
  }
};

async function* mapErrorsOf<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw connectErrorFromDomainError(error);
  }
}

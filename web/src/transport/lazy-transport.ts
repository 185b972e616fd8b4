import { Code, ConnectError, type Transport } from "@connectrpc/connect";

/**
 * A transport whose code is loaded apart, from now on, so that most often it is there by the first call. A call is UNAVAILABLE when
 * the code cannot be loaded. The next one tries again, which helps in browsers that forget a failed import; in the others only loading the
 * page again does.
 */
export function lazyTransport(load: () => Promise<Transport>): Transport {
  let loading: Promise<Transport> | undefined;
  const loaded = () => {
    loading ??= load().catch((reason) => {
      loading = undefined;
      throw new ConnectError("no connection to the server", Code.Unavailable, undefined, undefined, reason);
    });
    return loading;
  };
  // Who calls will hear of a failure.
  loaded().catch(() => undefined);
  return {
    unary: async (...call) => (await loaded()).unary(...call),
    stream: async (...call) => (await loaded()).stream(...call),
  };
}

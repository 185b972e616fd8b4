import type { DescService } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

/** The services that the page has called: what the Wire panel can decode. */
export interface CalledServices {
  /** A transport that does what the one given does, and takes note of the service of each call before it is made. */
  noting(transport: Transport): Transport;
  /** Calls back with each service called so far, at once, and with each new one from then on. */
  follow(listener: (service: DescService) => void): void;
}

/** No services yet. */
export function createCalledServices(): CalledServices {
  const services = new Set<DescService>();
  const listeners: ((service: DescService) => void)[] = [];
  function note(service: DescService): void {
    if (services.has(service)) return;
    services.add(service);
    for (const listener of listeners) listener(service);
  }
  return {
    noting: (transport) => ({
      unary(method, ...call) {
        note(method.parent);
        return transport.unary(method, ...call);
      },
      stream(method, ...call) {
        note(method.parent);
        return transport.stream(method, ...call);
      },
    }),
    follow(listener) {
      listeners.push(listener);
      for (const service of services) listener(service);
    },
  };
}

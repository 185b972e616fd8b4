import type { ServiceImpl } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { type ServedRoutes, type ServeRoutesOptions, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";

/** The methods that a test answers. */
export type GreeterMethods = Partial<ServiceImpl<typeof GreeterService>>;

const unexpected = () => {
  throw new Error("this test does not expect the call");
};

const refuseAll: ServiceImpl<typeof GreeterService> = {
  sayHello: unexpected,
  sayHelloAgain: unexpected,
  streamGreetings: unexpected,
  greetGroup: unexpected,
  converse: unexpected,
  watchGreetings: unexpected,
  listLanguages: unexpected,
};

/** Serves the greeter's contract with the methods of a test behind it, by the rpc room alone. */
export function serveGreeter(methods: GreeterMethods, options: ServeRoutesOptions = {}): Promise<ServedRoutes> {
  return serveRoutes([serviceRoute(GreeterService, { ...refuseAll, ...methods })], options);
}

import type { DescService } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";

/** A service and who implements it. */
export interface ServiceRoute<S extends DescService = DescService> {
  readonly service: S;
  readonly implementation: ServiceImpl<S>;
}

/**
 * Pairs a service with an implementation of all its methods.
 * @throws Error when one has none.
 */
export function serviceRoute<S extends DescService>(service: S, implementation: ServiceImpl<S>): ServiceRoute {
  const missing = service.methods.find(({ localName }) => !(localName in implementation));
  if (missing !== undefined) throw new Error(`${service.typeName}/${missing.name} has no implementation`);
  // A list of routes holds services of every type; that the two match is checked here, where the type is known.
  return { service, implementation } as unknown as ServiceRoute;
}

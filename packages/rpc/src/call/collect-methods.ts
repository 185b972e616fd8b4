import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter, type Interceptor, type ServiceImpl } from "@connectrpc/connect";
import type { JsonOptions } from "../messages/message-codec.ts";
import type { Implementation } from "./method.ts";
import type { ServiceRoute } from "./service-route.ts";

/** What is served: what a function registers, as with Connect's adapters, or a list of services that are implemented completely. */
export type Routes = ((router: ConnectRouter) => void) | readonly ServiceRoute[];

/** What differs for the methods of one registration. */
export interface RouteOptions {
  /** Run inside those of the server. */
  readonly interceptors?: readonly Interceptor[];
  /** Replaces that of the server. */
  readonly jsonOptions?: JsonOptions;
}

/** A method and who implements it. */
export interface MethodRegistration {
  readonly desc: DescMethod;
  readonly implementation: Implementation;
  readonly options: RouteOptions;
}

const SUPPORTED: ReadonlySet<string> = new Set<keyof RouteOptions>(["interceptors", "jsonOptions"]);

/**
 * Lists the methods that are served.
 * @throws Error for an option that is the server's only.
 */
export function collectMethods(routes: Routes): MethodRegistration[] {
  const methods: MethodRegistration[] = [];
  const router: ConnectRouter = {
    // Connect's adapters hand these on; here nothing reads them.
    handlers: [],
    service(service, implementation, options = {}) {
      checkOptions(service.typeName, options);
      for (const desc of service.methods) {
        methods.push({ desc, implementation: implementationOf(implementation, desc) ?? unimplemented(desc), options });
      }
      return router;
    },
    rpc(desc, implementation, options = {}) {
      checkOptions(`${desc.parent.typeName}/${desc.name}`, options);
      // Checked by the type of `rpc`; in a list of all methods it is no longer known.
      methods.push({ desc, implementation: implementation as Implementation, options });
      return router;
    },
  };
  if (typeof routes === "function") routes(router);
  else for (const { service, implementation } of routes) router.service(service, implementation);
  return methods;
}

/** The implementation of a method, bound to the object that it is a method of. */
function implementationOf(
  implementation: Partial<ServiceImpl<DescService>>,
  { localName }: DescMethod,
): Implementation | undefined {
  // Checked where it was registered, by a type that knows the service.
  return (implementation as Readonly<Record<string, Implementation | undefined>>)[localName]?.bind(implementation);
}

function unimplemented({ parent, name }: DescMethod): Implementation {
  return () => {
    throw new ConnectError(`${parent.typeName}.${name} is not implemented`, Code.Unimplemented);
  };
}

function checkOptions(what: string, options: object): void {
  const unknown = Object.keys(options).find((name) => !SUPPORTED.has(name));
  if (unknown === undefined) return;
  const names = [...SUPPORTED].join(" and ");
  throw new TypeError(`the options of ${what} may be ${names}, all others are the server's: got ${unknown}`);
}

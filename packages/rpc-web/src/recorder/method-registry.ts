import {
  createMutableRegistry,
  type DescMessage,
  type DescMethod,
  type DescService,
  type MutableRegistry,
} from "@bufbuild/protobuf";

/** Knows methods by the path of their calls, and the messages that may be inside an Any. */
export interface MethodRegistry {
  /** The method that an address such as `http://localhost:8080/package.Service/Method` calls, if it is known. */
  find(url: string): DescMethod | undefined;
  /** Makes more services known, such as those that a server describes. */
  add(services: readonly DescService[]): void;
  /** The messages known, to write an Any with. */
  readonly types: MutableRegistry;
}

/** A registry of the methods of services; `messages` may be inside an Any. */
export function createMethodRegistry(
  services: readonly DescService[],
  messages: readonly DescMessage[] = [],
): MethodRegistry {
  const methods = new Map<string, DescMethod>();
  const types = createMutableRegistry(...messages);
  const add = (added: readonly DescService[]) => {
    for (const service of added) {
      for (const method of service.methods) {
        methods.set(`${service.typeName}/${method.name}`, method);
        types.add(method.input);
        types.add(method.output);
      }
    }
  };
  add(services);
  return { find: (url) => methods.get(methodPath(url)), add, types };
}

/** The last two parts of an address's path, `package.Service/Method`, without the query. */
export function methodPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  return path.split("/").slice(-2).join("/");
}

import type { DescFile, DescMethod, DescService, FileRegistry } from "@bufbuild/protobuf";
import { afterNeeds } from "./after-needs.ts";

/** What reflection, or files that a person chose, tell of a server. */
export interface Schema {
  /** Everything that can be called, in the order in which the server lists it. */
  readonly services: readonly DescService[];
  /** All types, also those that only an Any or the detail of an error holds. */
  readonly types: FileRegistry;
  /** The services that the server lists and cannot describe, each with the reason. */
  readonly problems: readonly SchemaProblem[];
  /** Whether it was read from files that a person chose. */
  readonly isUploaded: boolean;
}

/** A service that cannot be shown. */
export interface SchemaProblem {
  readonly service: string;
  readonly reason: string;
}

/** The name of a method in paths and links, such as `helloworld.Greeter/SayHello`. */
export function methodName(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}

/** The method of a name such as `helloworld.Greeter/SayHello`. */
export function findMethod(schema: Schema, name: string): DescMethod | undefined {
  return schema.services.flatMap(({ methods }) => methods).find((method) => methodName(method) === name);
}

/** A file and all that it imports, each once and after what it needs itself. */
export function withDependencies(file: DescFile): DescFile[] {
  return afterNeeds([file], ({ dependencies }) => dependencies);
}

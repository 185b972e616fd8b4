import protobuf from "protobufjs";

/** What a name of a type stands for. */
export type TypeKind = "message" | "enum";

/** The types of all files, by their full names. */
export type Scope = Map<string, TypeKind>;

/** Adds the types that a namespace declares, those within types included. */
export function addTypes(scope: Scope, namespace: protobuf.NamespaceBase, prefix: string): void {
  for (const one of namespace.nestedArray) {
    const name = qualified(prefix, one.name);
    if (one instanceof protobuf.Type) scope.set(name, "message");
    if (one instanceof protobuf.Enum) scope.set(name, "enum");
    if (one instanceof protobuf.Namespace) addTypes(scope, one, name);
  }
}

/** The full name that a name means within a declaration: it is looked for from the inside out. Undefined where it is none. */
export function resolve(scope: Scope, name: string, within: string): string | undefined {
  if (name.startsWith(".")) return scope.has(name.slice(1)) ? name.slice(1) : undefined;
  const parts = within === "" ? [] : within.split(".");
  for (let length = parts.length; length >= 0; length--) {
    const candidate = qualified(parts.slice(0, length).join("."), name);
    if (scope.has(candidate)) return candidate;
  }
  return undefined;
}

/** A name within another one. */
export function qualified(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}

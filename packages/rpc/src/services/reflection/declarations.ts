import type {
  DescriptorProto,
  EnumDescriptorProto,
  FieldDescriptorProto,
  FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";

/** Something that a file declares, by its full name. */
export interface Declaration {
  readonly name: string;
  /** Whether it is a message. */
  readonly isMessage?: true;
  /** What it extends, where it is an extension: the full name of a message, and its number there. */
  readonly extension?: { readonly extendee: string; readonly number: number };
}

/**
 * Everything that a file declares: services, methods, messages, fields, oneofs, enums, enum values and extensions, nested ones and the
 * entries of maps included. The value of an enum is named beside the enum, not inside, as the language has it.
 */
export function* declarationsOf(file: FileDescriptorProto): Generator<Declaration> {
  for (const { name, method } of file.service) {
    const service = join(file.package, name);
    yield { name: service };
    for (const { name } of method) yield { name: join(service, name) };
  }
  yield* declarationsIn(file.package, file.messageType, file);
}

function* declarationsIn(
  scope: string,
  messages: readonly DescriptorProto[],
  { enumType, extension }: { readonly enumType: EnumDescriptorProto[]; readonly extension: FieldDescriptorProto[] },
): Generator<Declaration> {
  for (const message of messages) yield* declarationsOfMessage(scope, message);
  for (const { name, value } of enumType) {
    yield { name: join(scope, name) };
    for (const { name } of value) yield { name: join(scope, name) };
  }
  for (const { name, extendee, number } of extension) {
    // In a descriptor the name of a type is written with a dot before it.
    yield { name: join(scope, name), extension: { extendee: extendee.replace(/^\./, ""), number } };
  }
}

function* declarationsOfMessage(scope: string, message: DescriptorProto): Generator<Declaration> {
  const name = join(scope, message.name);
  yield { name, isMessage: true };
  for (const member of [...message.field, ...message.oneofDecl]) yield { name: join(name, member.name) };
  yield* declarationsIn(name, message.nestedType, message);
}

function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

import type {
  DescEnum,
  DescField,
  DescFile,
  DescMessage,
  DescMethod,
  DescOneof,
  DescService,
} from "@bufbuild/protobuf";

/** What a contract may say something of. */
export type Commented = DescService | DescMethod | DescMessage | DescEnum | DescField | DescOneof;

/** Numbers of fields in `descriptor.proto`, of which the path to a declaration is made. */
const In = {
  file: { message: 4, enum: 5, service: 6 },
  message: { field: 2, message: 3, enum: 4, oneof: 8 },
  service: { method: 2 },
};

const known = new WeakMap<DescFile, ReadonlyMap<string, string>>();

/** What the comments of the contract say of a declaration, in lines as long as they come; undefined where nothing is said, or the server does not tell. */
export function commentOf(declaration: Commented): string | undefined {
  const file = fileOf(declaration);
  const comments = known.get(file) ?? readComments(file);
  known.set(file, comments);
  return comments.get(pathOf(declaration).join());
}

function readComments(file: DescFile): ReadonlyMap<string, string> {
  const locations = file.proto.sourceCodeInfo?.location ?? [];
  return new Map(
    locations.flatMap(({ path, leadingComments, trailingComments }) => {
      const text = [leadingComments, trailingComments].map(inParagraphs).filter(Boolean).join("\n");
      return text === "" ? [] : [[path.join(), text]];
    }),
  );
}

/** A comment without the ends of lines that only the width of the source asked for; an empty line ends a paragraph. */
function inParagraphs(comment: string): string {
  const paragraphs = comment.split(/\n[ \t]*\n/).map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
  return paragraphs.filter(Boolean).join("\n");
}

function fileOf(declaration: Commented): DescFile {
  if (declaration.kind === "rpc" || declaration.kind === "field" || declaration.kind === "oneof")
    return declaration.parent.file;
  return declaration.file;
}

function pathOf(declaration: Commented): readonly number[] {
  switch (declaration.kind) {
    case "service":
      return [In.file.service, declaration.file.services.indexOf(declaration)];
    case "rpc":
      return [...pathOf(declaration.parent), In.service.method, declaration.parent.methods.indexOf(declaration)];
    case "field":
      return [...pathOf(declaration.parent), In.message.field, declaration.parent.fields.indexOf(declaration)];
    case "oneof":
      return [...pathOf(declaration.parent), In.message.oneof, declaration.parent.oneofs.indexOf(declaration)];
    case "message":
      if (declaration.parent === undefined) return [In.file.message, declaration.file.messages.indexOf(declaration)];
      return [...pathOf(declaration.parent), In.message.message, indexByProto(declaration, declaration.parent)];
    case "enum":
      if (declaration.parent === undefined) return [In.file.enum, declaration.file.enums.indexOf(declaration)];
      return [...pathOf(declaration.parent), In.message.enum, declaration.parent.nestedEnums.indexOf(declaration)];
  }
}

/** The place among all messages inside another one: those of maps, which have no descriptor, count too. */
function indexByProto(message: DescMessage, parent: DescMessage): number {
  return parent.proto.nestedType.indexOf(message.proto);
}

import protobuf from "protobufjs";
import { ProtoProblem } from "./proto-problem.ts";

/** A source file that a person chose. */
export interface ProtoSource {
  /** Its path, as others import it. */
  readonly name: string;
  readonly text: string;
}

/** A source file as it is declared, without any type looked up. */
export interface ParsedProto extends ProtoSource {
  readonly package: string;
  readonly syntax: "proto2" | "proto3";
  readonly imports: readonly string[];
  /** Those of them that who imports this file sees, too. */
  readonly publicImports: ReadonlySet<string>;
  /** What holds the declarations: the namespace of the package. */
  readonly declarations: protobuf.NamespaceBase;
}

const PUBLIC_IMPORT = /^[ \t]*import\s+public\s+["']([^"']+)["']/gm;

/**
 * Parses a source file.
 * @throws ProtoProblem where it is none, or of an edition, which takes a compiler.
 */
export function parseProto({ name, text }: ProtoSource): ParsedProto {
  const edition = lineOf(text, /^[ \t]*edition\s*=/m);
  if (edition !== undefined)
    throw new ProtoProblem(
      name,
      edition,
      "editions take a compiler: upload a descriptor set, as `buf build -o` writes it",
    );
  try {
    const root = new protobuf.Root();
    const parsed = protobuf.parse(text, root, { keepCase: true, alternateCommentMode: true });
    const scope = parsed.package ?? "";
    const declarations = scope === "" ? root : root.lookup(scope);
    return {
      ...{ name, text, package: scope, imports: [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])] },
      publicImports: new Set(Array.from(text.matchAll(PUBLIC_IMPORT), ([, path = ""]) => path)),
      syntax: /^[ \t]*syntax\s*=\s*["']proto3["']/m.test(text) ? "proto3" : "proto2",
      declarations: declarations instanceof protobuf.Namespace ? declarations : root,
    };
  } catch (error) {
    throw problemOf(name, text, error instanceof Error ? error.message : String(error));
  }
}

/** The line, from 1, at which a text first has something; undefined for nowhere. */
export function lineOf(text: string, wanted: RegExp): number | undefined {
  const at = wanted.exec(text);
  if (at === null) return undefined;
  const start = at.index + (at[0].length - at[0].trimStart().length);
  return text.slice(0, start).split("\n").length;
}

function problemOf(name: string, text: string, message: string): ProtoProblem {
  const [where, line] = /\((?:[^()]*, )?line (\d+)\)$/.exec(message) ?? [];
  if (line !== undefined)
    return new ProtoProblem(name, Number(line), message.slice(0, -(where?.length ?? 0)).trimEnd());
  // What is wrong with a declaration as a whole has its name alone.
  const declaration = /(?:in|of) (?:Type|Enum|Service|Namespace) \.?(?:[\w.]*\.)?(\w+)/.exec(message)?.[1];
  const at =
    declaration && lineOf(text, new RegExp(`\\b(?:message|enum|service|package)\\s+[\\w.]*\\b${declaration}\\b`));
  return new ProtoProblem(name, at || undefined, message);
}

import type { SourceFile } from "./source-files.ts";

/** A part of the house, and what its files may import beside each other. */
export interface Room {
  readonly name: string;
  /**
   * The folders and files that belong to it, from the root. A `*` is the name of one folder: each that fits is a room of its own, which may not
   * import another of them.
   */
  readonly files: readonly string[];
  /** What it is there for, as the table of docs/architecture.md says. */
  readonly owns: string;
  /** The rooms that it may import; of a room with a `*`, all or the one that stands behind a colon. */
  readonly imports: readonly string[];
  /** The packages that it may import, Node's own among them, each with all that is below it. */
  readonly packages: readonly string[];
}

interface Place {
  readonly room: Room;
  /** The name that stands for the `*`; undefined in a room without one. */
  readonly instance: string | undefined;
}

/** What is wrong with files by the rooms they are in, a line each: imports that no room allows, files in no room, and allowances that nothing uses. */
export function checkRooms(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  const used = new Set<string>();
  const wrong = files.flatMap(({ path, imports }) => {
    const from = placeOf(rooms, path);
    if (from === undefined) return [`${path} is in no room`];
    return imports.flatMap(({ specifier, target }) => {
      const allowance = target === undefined ? allowedPackage(from, specifier) : allowedRoom(rooms, from, target);
      if (allowance !== undefined) used.add(`${from.room.name} → ${allowance}`);
      const allowed = [...from.room.imports, ...from.room.packages].join(", ") || "nothing";
      return allowance === undefined
        ? [`${path} imports ${specifier}: ${from.room.name} may import itself and ${allowed}`]
        : [];
    });
  });
  const allowances = rooms.flatMap(({ name, imports, packages }) =>
    [...imports, ...packages].map((allowance) => `${name} → ${allowance}`),
  );
  return [
    ...wrong,
    ...allowances.filter((allowance) => !used.has(allowance)).map((allowance) => `nothing uses ${allowance}`),
  ];
}

/** The room of a file, the one that names it most closely. */
export function roomOf(rooms: readonly Room[], path: string): string | undefined {
  return placeOf(rooms, path)?.room.name;
}

function placeOf(rooms: readonly Room[], path: string): Place | undefined {
  const places = rooms.flatMap((room) =>
    room.files.flatMap((pattern) => {
      const match = expressionOf(pattern).exec(path);
      return match === null ? [] : [{ room, instance: match[1], length: pattern.length }];
    }),
  );
  return places.sort((a, b) => b.length - a.length)[0];
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const source = pattern.replaceAll(".", "\\.").replace("*", "([^/]+)");
  const expression = new RegExp(`^${source}${pattern.endsWith("/") ? "" : "$"}`);
  expressions.set(pattern, expression);
  return expression;
}

function allowedRoom(rooms: readonly Room[], from: Place, target: string): string | undefined {
  const to = placeOf(rooms, target);
  if (to === undefined) return undefined;
  const isOther = from.instance !== undefined && to.instance !== undefined && from.instance !== to.instance;
  if (isOther) return undefined;
  if (from.room === to.room) return to.room.name;
  return [to.room.name, `${to.room.name}: ${to.instance}`].find((name) => from.room.imports.includes(name));
}

function allowedPackage({ room }: Place, specifier: string): string | undefined {
  return room.packages.find((name) => specifier === name || specifier.startsWith(`${name}/`));
}

import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";

/** How a value is written: as a varint, in 4 or 8 bytes, or with its length before it. */
export type ScalarShape = "varint" | 4 | 8 | "bytes";

/** How the values of a field are written. */
export type FieldShape =
  | { readonly kind: "scalar"; readonly scalar: ScalarShape; readonly packable: boolean }
  | { readonly kind: "message"; readonly message: DescMessage; readonly group: boolean }
  | { readonly kind: "map"; readonly key: ScalarShape; readonly value: ScalarShape | DescMessage };

const known = new WeakMap<DescMessage, ReadonlyMap<number, FieldShape>>();

/** How the fields of a message are written, by number; made once for each message. */
export function shapesOf(desc: DescMessage): ReadonlyMap<number, FieldShape> {
  const made = known.get(desc);
  if (made !== undefined) return made;
  const shapes = new Map(desc.fields.map((field) => [field.number, shapeOf(field)]));
  known.set(desc, shapes);
  return shapes;
}

function shapeOf(field: DescField): FieldShape {
  if (field.fieldKind === "map") {
    const value = field.mapKind === "message" ? field.message : scalarShape(field);
    return { kind: "map", key: scalarShapeOf(field.mapKey), value };
  }
  if (field.message !== undefined) return { kind: "message", message: field.message, group: field.delimitedEncoding };
  const scalar = scalarShape(field);
  return { kind: "scalar", scalar, packable: field.fieldKind === "list" && scalar !== "bytes" };
}

/** An enum is written as a number. */
function scalarShape({ scalar }: DescField): ScalarShape {
  return scalar === undefined ? "varint" : scalarShapeOf(scalar);
}

function scalarShapeOf(scalar: ScalarType): ScalarShape {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return "bytes";
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
    case ScalarType.FLOAT:
      return 4;
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
    case ScalarType.DOUBLE:
      return 8;
    default:
      return "varint";
  }
}

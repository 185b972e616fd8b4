import type { JsonObject } from "@bufbuild/protobuf";

/**
 * What a form holds for one value while a person fills it in: the text of a scalar, an enum or a well-known type, which
 * need not be valid yet; whether a bool is on; or a message.
 */
export type ValueDraft = string | boolean | MessageDraft;

/** What a form holds for a field. A field that is not set has none. */
export type FieldDraft = ValueDraft | ListDraft | MapDraft;

/** A message that is being filled in. */
export interface MessageDraft {
  readonly kind: "message";
  /** The fields that are set, by their names in the contract. */
  readonly fields: ReadonlyMap<string, FieldDraft>;
  /** What a form has no field for, extensions that is, as JSON. */
  readonly extra: JsonObject;
}

/** The rows of a repeated field. */
export interface ListDraft {
  readonly kind: "list";
  readonly rows: readonly ListRow[];
}

/** One element; the id stays with it while others come and go. */
export interface ListRow {
  readonly id: number;
  readonly value: ValueDraft;
}

/** The rows of a map. */
export interface MapDraft {
  readonly kind: "map";
  readonly rows: readonly MapRow[];
}

/** One entry; its key need not be valid, nor different from the others. */
export interface MapRow extends ListRow {
  readonly key: string;
}

/** A message of which nothing is set. */
export const emptyDraft: MessageDraft = { kind: "message", fields: new Map(), extra: {} };

/** The message with a field set, or not set where the value is undefined; all of `without` are not set either. */
export function withField(
  draft: MessageDraft,
  name: string,
  value: FieldDraft | undefined,
  without: readonly string[] = [],
): MessageDraft {
  const fields = new Map(draft.fields);
  for (const other of without) fields.delete(other);
  if (value === undefined) fields.delete(name);
  else fields.set(name, value);
  return { ...draft, fields };
}

/** An id that no row has. */
export function freshId(rows: readonly ListRow[]): number {
  return rows.reduce((highest, { id }) => Math.max(highest, id), 0) + 1;
}

/** Whether what a form holds for a field is a message. */
export function isMessageDraft(draft: FieldDraft | undefined): draft is MessageDraft {
  return typeof draft === "object" && draft.kind === "message";
}

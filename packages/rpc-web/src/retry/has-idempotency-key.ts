import type { DescMethod } from "@bufbuild/protobuf";

/** Whether a message may be sent again: one whose contract has a field `idempotency_key`, only with a key; any other, as its method says. */
export function hasIdempotencyKey({ input }: DescMethod, message: unknown): boolean {
  const field = input.fields.find(({ name }) => name === "idempotency_key");
  if (field === undefined) return true;
  const key: unknown =
    typeof message === "object" && message !== null ? Reflect.get(message, field.localName) : undefined;
  return key !== undefined && key !== "";
}

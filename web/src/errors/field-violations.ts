import { ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";

/**
 * What is wrong with each field of a request, by the path of the field, such as `items[0].quantity`: the descriptions of
 * the error's google.rpc.BadRequest details, several for one field joined with `; `. Empty when the error names none.
 */
export function fieldViolations(error: unknown): ReadonlyMap<string, string> {
  const byField = new Map<string, string>();
  if (!(error instanceof ConnectError)) return byField;
  for (const { field, description } of error
    .findDetails(BadRequestSchema)
    .flatMap((detail) => detail.fieldViolations)) {
    const earlier = byField.get(field);
    byField.set(field, earlier === undefined ? description : `${earlier}; ${description}`);
  }
  return byField;
}

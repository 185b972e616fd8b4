import type { DescMethod } from "@bufbuild/protobuf";
import type { SharedCall } from "../../../call-link/shared-call.ts";
import type { CallForm } from "../request/use-call-form.ts";
import { methodName } from "../schema/schema.ts";

/** The call that a form holds; with an empty message where what is written is none yet. */
export function callOfForm(
  method: DescMethod,
  { request, metadata, deadline }: CallForm,
  server: string | undefined,
): SharedCall {
  return {
    ...(server !== undefined && { server }),
    method: methodName(method),
    request: "problem" in request.read ? {} : request.read.written,
    metadata,
    deadline,
  };
}

import { messageWithoutSecrets, withoutSecrets } from "../text/secrets.ts";
import type { SharedCall } from "./shared-call.ts";

/** A call as a link or a file may hold it, without secrets, and the names of what is left out. */
export function shareable(call: SharedCall): { readonly call: SharedCall; readonly leftOut: readonly string[] } {
  const metadata = withoutSecrets(call.metadata);
  const request = messageWithoutSecrets(call.request);
  return {
    call: { ...call, metadata: metadata.kept, request: request.kept },
    leftOut: [...metadata.leftOut, ...request.leftOut],
  };
}

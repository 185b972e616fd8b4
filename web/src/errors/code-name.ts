import { Code } from "@connectrpc/connect";

/** The name of a status code as it is written everywhere, such as `INVALID_ARGUMENT`. */
export function codeName(code: Code): string {
  return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

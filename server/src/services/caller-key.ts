import { createContextKey } from "@connectrpc/connect";
import type { Caller } from "../domain/caller.ts";

/** Where the context values of a call have who makes it; anybody unless the server asks. */
export const callerKey = createContextKey<Caller>("anybody", { description: "caller" });

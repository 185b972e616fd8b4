import { createHash } from "node:crypto";
import type { Book } from "../services/recommendation/domain/book.ts";
import { LOCAL_RIDGE_DEFAULTS } from "../services/recommendation/domain/model/local-ridge.ts";

/** Raise it with every change of what a training makes of the same data: models that were stored before are then trained again. */
const TRAINING_VERSION = 4;

/**
 * Tells what a model is for: the books, where the likes come from, and how it is trained. A stored model is served only where this is the
 * same. `library` is the fingerprint of what was imported; ratings in the app change nothing here.
 */
export function fingerprintOf(builtIn: readonly Book[], library: string | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify([TRAINING_VERSION, LOCAL_RIDGE_DEFAULTS, library ?? null, builtIn]))
    .digest("hex");
}

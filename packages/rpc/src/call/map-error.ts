import type { Call } from "./call.ts";

/** What a call failed with, as its client is to hear of it. */
export function mapError({ settings }: Call, error: unknown): unknown {
  return settings.mapError === undefined ? error : settings.mapError(error);
}

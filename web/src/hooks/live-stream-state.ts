import type { ConnectError } from "@connectrpc/connect";

/** How a live stream is doing. Times are milliseconds since 1970. */
export type LiveStreamState =
  /** Not opened yet. */
  | { readonly kind: "idle" }
  /** Let go while the page is hidden; it goes on where it stopped once the page is shown. */
  | { readonly kind: "paused" }
  /** Opened, and nothing has come yet; `failures` counts the attempts in a row that failed before. */
  | { readonly kind: "connecting"; readonly failures: number }
  /** Something has come, the first of it at `since`. */
  | { readonly kind: "live"; readonly since: number }
  /** Lost; opened again at `retryAt`. */
  | { readonly kind: "reconnecting"; readonly retryAt: number; readonly error: ConnectError }
  /** The server ended it without an error. */
  | { readonly kind: "ended" }
  /** It ended with an error that trying again would not change. */
  | { readonly kind: "failed"; readonly error: ConnectError };

/** A stream that nobody has asked for yet. */
export const idleStream: LiveStreamState = { kind: "idle" };

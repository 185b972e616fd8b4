import type { ConnectError } from "@connectrpc/connect";

/** How a live stream is doing. Times are milliseconds since 1970. */
export type LiveStreamState =
  /** Not opened yet. */
  | { readonly kind: "idle" }
  /** Let go while the page is hidden; it goes on where it stopped once the page is shown. */
  | { readonly kind: "paused" }
  /** Opened, and nothing has come yet; `failures` counts the attempts in a row that failed before. */
  | { readonly kind: "connecting"; readonly failures: number }
  /** Something has come. */
  | { readonly kind: "live"; readonly since: number }
  /** Lost; opened again at `retryAt`. */
  | { readonly kind: "reconnecting"; readonly retryAt: number; readonly error: ConnectError }
  /** The server ended it without an error. */
  | { readonly kind: "ended" }
  /** It ended with an error that trying again would not change. */
  | { readonly kind: "failed"; readonly error: ConnectError };

/** What happens to a live stream. */
export type LiveStreamEvent =
  | { readonly type: "opened"; readonly failures: number }
  | { readonly type: "arrived"; readonly at: number }
  | { readonly type: "lost"; readonly retryAt: number; readonly error: ConnectError }
  | { readonly type: "ended" }
  | { readonly type: "failed"; readonly error: ConnectError }
  | { readonly type: "paused" };

/** A stream that nobody has asked for yet. */
export const idleStream: LiveStreamState = { kind: "idle" };

/** The state after an event. The second arrival and those after it change nothing, and give the same object back. */
export function liveStreamReducer(state: LiveStreamState, event: LiveStreamEvent): LiveStreamState {
  switch (event.type) {
    case "opened":
      return { kind: "connecting", failures: event.failures };
    case "arrived":
      return state.kind === "live" ? state : { kind: "live", since: event.at };
    case "lost":
      return { kind: "reconnecting", retryAt: event.retryAt, error: event.error };
    case "ended":
      return { kind: "ended" };
    case "failed":
      return { kind: "failed", error: event.error };
    case "paused":
      return { kind: "paused" };
  }
}

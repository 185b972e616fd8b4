import type { RecordedCall } from "@triptych/rpc-web";
import { codeName } from "../errors/code-name.ts";

/** How a call ended, or that it has not, in a word or two, and how that is to be looked at. */
export interface CallOutcome {
  /** Such as `0 OK`, `5 NOT_FOUND`, `open`, `cancelled`, `cut off` (no status came) or `HTTP 502`. */
  readonly label: string;
  readonly tone: "good" | "bad" | "open" | "quiet";
}

/** How a call ended, or that it has not. */
export function callOutcome({ state, status, httpStatus }: RecordedCall): CallOutcome {
  if (state === "open") return { label: "open", tone: "open" };
  if (state === "cancelled") return { label: "cancelled", tone: "quiet" };
  if (state === "failed") return { label: "no connection", tone: "bad" };
  if (status?.code !== undefined) return { label: `${status.code} ${codeName(status.code)}`, tone: "bad" };
  if (status !== undefined) return { label: "0 OK", tone: "good" };
  if (httpStatus !== undefined && httpStatus !== 200) return { label: `HTTP ${httpStatus}`, tone: "bad" };
  return { label: "cut off", tone: "bad" };
}

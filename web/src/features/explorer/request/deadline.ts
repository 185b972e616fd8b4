import { shown } from "../form/parse-scalar.ts";

/** A deadline in milliseconds from the start of a call, undefined for none; or what is wrong with it. */
export type Deadline = { readonly timeoutMs: number | undefined } | { readonly problem: string };

const units: Readonly<Record<string, number>> = { ms: 1, "": 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest that gRPC can say in milliseconds: eight digits, a bit over a day. */
const longest = 99_999_999;

/** Reads a deadline such as `500ms`, `5s`, `5` (seconds) or `2m`. */
export function readDeadline(text: string): Deadline {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "") return { timeoutMs: undefined };
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|m|h|)$/.exec(trimmed) ?? [];
  const timeoutMs = Math.round(Number(amount) * (units[unit] ?? 1));
  if (amount !== undefined && timeoutMs >= 1 && timeoutMs <= longest) return { timeoutMs };
  return {
    problem: `must be a time from 1ms to ${Math.floor(longest / 3_600_000)}h, such as 500ms, 5s or 2m: got ${shown(text)}`,
  };
}

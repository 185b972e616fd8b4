import type { OutgoingHttpHeaders } from "node:http";

/** The headers of an answer beside those that all answers have; `vary` has the names of both. */
export function mergeHeaders(common: OutgoingHttpHeaders, headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const merged = { ...common, ...headers };
  if (common.vary !== undefined && headers.vary !== undefined) {
    merged.vary = mergedVary(String(common.vary), String(headers.vary));
  }
  return merged;
}

/** The names of two lists of header names, each once. */
export function mergedVary(one: string | null | undefined, other: string): string {
  const names = `${one ?? ""},${other}`.split(",").map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => name !== ""))].join(", ");
}

import type { OutgoingHttpHeaders } from "node:http";

/** The headers of a response beside those that all responses have; `vary` has the names of both. */
export function mergeHeaders(common: OutgoingHttpHeaders, headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const merged = { ...common, ...headers };
  if (common.vary !== undefined && headers.vary !== undefined) {
    merged.vary = mergedVary(String(common.vary), String(headers.vary));
  }
  return merged;
}

/** The names of two lists of header names, each once, as it is spelled where it comes first. */
export function mergedVary(one: string | null | undefined, other: string): string {
  const names = new Map<string, string>();
  for (const name of `${one ?? ""},${other}`.split(",").map((text) => text.trim())) {
    const key = name.toLowerCase();
    if (name !== "" && !names.has(key)) names.set(key, name);
  }
  return [...names.values()].join(", ");
}

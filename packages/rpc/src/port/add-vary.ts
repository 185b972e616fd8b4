import type { HttpResponse } from "./http.ts";

/** Adds the name of a request header, in lower case, to those that the answer depends on; those already named stay. */
export function addVary(response: HttpResponse, name: string): void {
  const known = [response.getHeader("vary") ?? []].flat().join(", ");
  const names = known.split(",").map((text) => text.trim().toLowerCase());
  if (names.includes(name) || names.includes("*")) return;
  response.setHeader("vary", known === "" ? name : `${known}, ${name}`);
}

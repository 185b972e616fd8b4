/** The query parameters that hold the chosen method, and the server where that is another than the one of the page. */
const methodParameter = "method";
const serverParameter = "server";

/** The address of the page with a method chosen, of the server of the page unless another is named. */
export function methodHref(method: string, server?: string): string {
  return explorerHref({ method, server });
}

/** The address of the page with what is chosen. */
export function explorerHref(chosen: {
  readonly method: string | undefined;
  readonly server: string | undefined;
}): string {
  const query = new URLSearchParams();
  if (chosen.server !== undefined) query.set(serverParameter, chosen.server);
  if (chosen.method !== undefined) query.set(methodParameter, chosen.method);
  return query.size === 0 ? "/explorer" : `/explorer?${query}`;
}

/** The name of the method that an address chooses, if it does. */
export function chosenMethod(search: string): string | undefined {
  return new URLSearchParams(search).get(methodParameter) ?? undefined;
}

/** The server that an address names, if it does. */
export function chosenServer(search: string): string | undefined {
  return new URLSearchParams(search).get(serverParameter) ?? undefined;
}

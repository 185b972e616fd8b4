/** The query parameter that holds the chosen method. */
const methodParameter = "method";

/** The address of the page with a method chosen. */
export function methodHref(method: string): string {
  return `/explorer?${new URLSearchParams({ [methodParameter]: method })}`;
}

/** The name of the method that an address chooses, if it does. */
export function chosenMethod(search: string): string | undefined {
  return new URLSearchParams(search).get(methodParameter) ?? undefined;
}

/** Where people sign in who then come back to the page that is shown. */
export function signInAddress({ pathname, search, hash }: Pick<Location, "pathname" | "search" | "hash">): string {
  return `/auth/sign-in?return=${encodeURIComponent(pathname + search + hash)}`;
}

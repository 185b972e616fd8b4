/**
 * Notes which link inside `root` has the focus, and gives a function that focuses the link like it once the root has been filled again: the
 * one to the same place that looks the same.
 */
export function keepFocus(root: HTMLElement): () => void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLAnchorElement) || !root.contains(focused)) return () => undefined;
  const before = likenessOf(focused);
  return () => {
    const links = [...root.querySelectorAll<HTMLAnchorElement>("a[href]")];
    links.find((link) => likenessOf(link) === before)?.focus({ preventScroll: true });
  };
}

// Without the query: HTML that was made ahead of time does not know the protocol.
function likenessOf({ className, pathname, hash }: HTMLAnchorElement): string {
  return `${className} ${pathname}${hash}`;
}

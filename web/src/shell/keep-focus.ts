/**
 * Notes which link inside `root`, or what that such a link has led to, has the focus, and gives a function that focuses the one like it once the root has
 * been filled again: the link to the same place that looks the same, or the element with the same id.
 */
export function keepFocus(root: HTMLElement): () => void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !root.contains(focused)) return () => undefined;
  const likeIt = focused instanceof HTMLAnchorElement ? linkLike(focused) : elementLike(focused);
  return () => likeIt(root)?.focus({ preventScroll: true });
}

type Find = (root: HTMLElement) => HTMLElement | undefined;

function linkLike(link: HTMLAnchorElement): Find {
  const before = likenessOf(link);
  return (root) =>
    [...root.querySelectorAll<HTMLAnchorElement>("a[href]")].find((other) => likenessOf(other) === before);
}

/** What the link past the navigation leads to, which may be followed before the app is there. */
function elementLike({ id }: HTMLElement): Find {
  return (root) => [...root.querySelectorAll<HTMLElement>("[id]")].find((other) => id !== "" && other.id === id);
}

// Without the query: HTML that was made ahead of time does not know the protocol.
function likenessOf({ className, pathname, hash }: HTMLAnchorElement): string {
  return `${className} ${pathname}${hash}`;
}

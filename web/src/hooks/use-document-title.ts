import { useEffect } from "react";

const siteName = "Triptych";

/** Names the page in the browser's tab and history by its heading. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = documentTitle(title);
  }, [title]);
}

/** The title of the document under a heading: `Books · Triptych`, and for `Triptych` itself just that. */
export function documentTitle(heading: string): string {
  return heading === siteName ? siteName : `${heading} · ${siteName}`;
}

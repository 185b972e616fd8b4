import { useEffect } from "react";

const siteName = "Triptych";

/** Names the page in the browser's tab and history: `Books · Triptych`, and for `Triptych` itself just that. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title === siteName ? siteName : `${title} · ${siteName}`;
  }, [title]);
}

import { useEffect } from "react";
import { useNotify } from "./use-notify.ts";

/**
 * Says when a part of the app could not be loaded, such as the code of a protocol, and offers to load the page again: a browser may
 * remember that an import failed, and then nothing else helps. Shows nothing itself. A server of Vite does not tell; a build does.
 */
export function LostParts() {
  const notify = useNotify();
  useEffect(() => {
    const onLost = () =>
      notify({
        kind: "error",
        text: "Part of this page could not be loaded.",
        action: { label: "Load the page again", run: () => window.location.reload() },
      });
    window.addEventListener("vite:preloadError", onLost);
    return () => window.removeEventListener("vite:preloadError", onLost);
  }, [notify]);
  return null;
}

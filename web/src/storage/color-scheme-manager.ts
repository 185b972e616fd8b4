import { isMantineColorScheme, type MantineColorSchemeManager } from "@mantine/core";
import type { KeptStorage } from "./kept-storage.ts";

/** Also read by `public/color-scheme.js`, before anything is painted. */
const key = "mantine-color-scheme-value";

/** Keeps the colour scheme that a person chose, for all tabs. Where nothing is kept, it lasts as long as the page. */
export function createColorSchemeManager(storage: KeptStorage): MantineColorSchemeManager {
  let onStorage: ((event: StorageEvent) => void) | undefined;
  const unsubscribe = () => {
    if (onStorage !== undefined) window.removeEventListener("storage", onStorage);
  };
  return {
    get(otherwise) {
      const stored = storage.getItem(key);
      return isMantineColorScheme(stored) ? stored : otherwise;
    },
    set: (scheme) => storage.setItem(key, scheme),
    subscribe(onUpdate) {
      unsubscribe();
      onStorage = (event) => {
        if (event.key === key && isMantineColorScheme(event.newValue)) onUpdate(event.newValue);
      };
      window.addEventListener("storage", onStorage);
    },
    unsubscribe,
    clear: () => storage.removeItem(key),
  };
}

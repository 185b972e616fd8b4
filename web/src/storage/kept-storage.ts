/** What the app keeps between visits, or for as long as a tab is open. No method ever throws. */
export interface KeptStorage {
  /** What is kept under the key; null for nothing, and where the browser keeps nothing. */
  getItem(key: string): string | null;
  /** Keeps a text, where the browser lets it and there is room. */
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * A storage of the browser that never throws. It is looked up at each use: where a person has blocked site data, merely
 * naming it throws, and where it is full, writing does. Then nothing is kept, and the app works without.
 */
export function guardStorage(storage: () => Storage): KeptStorage {
  return {
    getItem: (key) => attempt(() => storage().getItem(key), null),
    setItem: (key, value) => attempt(() => storage().setItem(key, value), undefined),
    removeItem: (key) => attempt(() => storage().removeItem(key), undefined),
  };
}

/** What is kept from visit to visit, for all tabs. */
export const keptForVisits = guardStorage(() => window.localStorage);

/** What is kept for as long as the tab is open, through reloads. */
export const keptForTab = guardStorage(() => window.sessionStorage);

function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

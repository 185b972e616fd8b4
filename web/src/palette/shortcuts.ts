/** Keys, and what they do. */
export interface Shortcut {
  readonly keys: string;
  readonly does: string;
}

const everywhere: readonly Shortcut[] = [
  { keys: "Ctrl + K", does: "Find pages, methods, books and actions" },
  { keys: "?", does: "List the shortcuts of the page" },
  { keys: "Alt + Shift + W", does: "Open or close the Wire panel" },
];

const ofPages: Readonly<Record<string, readonly Shortcut[]>> = {
  "/calculator": [
    { keys: "Enter", does: "Keep the result of the expression and show its steps" },
    { keys: "Escape", does: "Clear the expression" },
  ],
};

/** The shortcuts that a page has, its own first. */
export function shortcutsOf(path: string): readonly Shortcut[] {
  return [...(ofPages[path] ?? []), ...everywhere];
}

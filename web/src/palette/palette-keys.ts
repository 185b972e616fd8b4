/** What the palette shows. */
export type PaletteView = "find" | "shortcuts";

/** What a key opens, and closes again: Ctrl+K the search, `?` the shortcuts where nothing is typed; undefined for any other. */
export function viewOf({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): PaletteView | undefined {
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === "k") return "find";
  const isTyping =
    target instanceof HTMLElement && target.closest("input:not([type=radio]), textarea, select") !== null;
  return key === "?" && !ctrlKey && !metaKey && !isTyping ? "shortcuts" : undefined;
}

import type { TextEdit } from "./edit-text.ts";

/**
 * Edits a field as if a person had typed: the field's own input event follows, the caret stands behind what was put in, and
 * the browser's undo takes it back. The focus is left where it was. False where the browser cannot, and nothing has changed.
 */
export function typeInto(field: HTMLTextAreaElement, { start, end, text }: TextEdit): boolean {
  if (start === end && text === "") return true;
  // The command is deprecated and without successor: nothing else keeps the undo history of a field.
  if (typeof document.execCommand !== "function") return false;
  const focused = document.activeElement;
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const isDone = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (focused instanceof HTMLElement && focused !== field && focused !== document.body) {
    focused.focus({ preventScroll: true });
  }
  return isDone;
}

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { type EditedText, eraseText, insertText } from "./edit-text.ts";

/** The text of the expression and what can be done with it. */
export interface ExpressionField {
  readonly expression: string;
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  /** Replaces the text; the caret goes where the browser puts it, or to the end. */
  readonly replace: (text: string) => void;
  /** Puts text where the caret is, in the place of what is selected. */
  readonly insert: (text: string) => void;
  /** Removes what is selected or stands before the caret. */
  readonly erase: () => void;
  /** Puts focus and caret into the field, at the end where no position is given. */
  readonly focus: (position?: number) => void;
  /** Puts focus into the field; the caret stays where it was. */
  readonly focusQuietly: () => void;
}

/** The state of the expression field. It keeps the caret in place when something else than typing changes the text. */
export function useExpressionField(): ExpressionField {
  const [expression, setExpression] = useState("");
  const ref = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number>(undefined);

  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    ref.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  const edit = useCallback((change: (text: string, start: number, end: number) => EditedText) => {
    const field = ref.current;
    if (field === null) return;
    const edited = change(field.value, field.selectionStart, field.selectionEnd);
    caret.current = edited.caret;
    setExpression(edited.text);
  }, []);

  return {
    expression,
    ref,
    replace: setExpression,
    insert: useCallback((text) => edit((...selection) => insertText(...selection, text)), [edit]),
    erase: useCallback(() => edit(eraseText), [edit]),
    focus: useCallback((position) => {
      const field = ref.current;
      field?.focus({ preventScroll: true });
      const at = position ?? field?.value.length ?? 0;
      field?.setSelectionRange(at, at);
    }, []),
    focusQuietly: useCallback(() => ref.current?.focus({ preventScroll: true }), []),
  };
}

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { erasure, insertion, type TextEdit } from "./edit-text.ts";
import { typeInto } from "./type-into.ts";

/** The text of the expression and what can be done with it. */
export interface ExpressionField {
  readonly expression: string;
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  /** Takes over the text that the field holds after a person has typed. */
  readonly typed: (text: string) => void;
  /** Replaces the text, so that the browser's undo brings back what was there. */
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

/** The state of the expression field. What changes it by other ways than typing can be undone as typing can. */
export function useExpressionField(): ExpressionField {
  const [expression, setExpression] = useState("");
  const ref = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number>(undefined);

  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    ref.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  const edit = useCallback((change: (text: string, start: number, end: number) => TextEdit) => {
    const field = ref.current;
    if (field === null) return;
    const { value, selectionStart, selectionEnd } = field;
    const made = change(value, selectionStart, selectionEnd);
    if (typeInto(field, made)) return;
    caret.current = made.start + made.text.length;
    setExpression(`${value.slice(0, made.start)}${made.text}${value.slice(made.end)}`);
  }, []);

  return {
    expression,
    ref,
    typed: setExpression,
    replace: useCallback((text) => edit(({ length }) => ({ start: 0, end: length, text })), [edit]),
    insert: useCallback((text) => edit((...selection) => insertion(...selection, text)), [edit]),
    erase: useCallback(() => edit(erasure), [edit]),
    focus: useCallback((position) => {
      const field = ref.current;
      field?.focus({ preventScroll: true });
      const at = position ?? field?.value.length ?? 0;
      field?.setSelectionRange(at, at);
    }, []),
    focusQuietly: useCallback(() => ref.current?.focus({ preventScroll: true }), []),
  };
}

import { useMediaQuery } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";
import { type ClipboardEvent, type KeyboardEvent, useContext, useEffect, useState } from "react";
import { StreamEnvironmentContext } from "../../hooks/stream-environment.ts";
import classes from "./expression-editor.module.css";
import type { ExpressionProblem } from "./expression-problem.ts";
import { MarkedText } from "./marked-text.tsx";
import type { ExpressionField } from "./use-expression-field.ts";

/** What the editor shows and tells. */
export interface ExpressionEditorProps {
  readonly field: ExpressionField;
  /** What is wrong with an expression, if anything. */
  readonly problem: ExpressionProblem | undefined;
  /** Whether the problem is that of the expression as it stands. */
  readonly fresh: boolean;
  /** The id of the element that says in words what is wrong. */
  readonly hintId: string;
  /** Enter was pressed. */
  readonly onEnter: () => void;
}

/** The field for the expression, with a mark under the place where something is wrong. */
export function ExpressionEditor({ field, problem, fresh, hintId, onEnter }: ExpressionEditorProps) {
  const isTouch = useMediaQuery("(pointer: coarse)") ?? false;
  const [hasKeyboard, setHasKeyboard] = useState(false);
  useFocusOnWideScreens(field.focus);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") onEnter();
    else if (event.key === "Escape") field.replace("");
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    // Put into one line only after it was pasted, it could not be undone.
    if (inOneLine(text) === text) return;
    event.preventDefault();
    field.insert(inOneLine(text));
  };
  return (
    <div className={classes.box}>
      <div className={classes.sheet}>
        <MarkedText text={field.expression} problem={fresh ? problem : undefined} />
        <textarea
          ref={field.ref}
          dir="ltr"
          className={classes.field}
          rows={1}
          value={field.expression}
          onChange={(event) => field.typed(inOneLine(event.currentTarget.value))}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
          placeholder="1/3 + 0.1"
          aria-label="Expression"
          aria-describedby={field.expression.trim() === "" ? undefined : hintId}
          aria-invalid={problem !== undefined && problem.kind !== "unfinished"}
          inputMode={isTouch && !hasKeyboard ? "none" : "text"}
          enterKeyHint="done"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
      </div>
      {isTouch && (
        <button
          type="button"
          className={classes.keyboard}
          aria-label="Device keyboard"
          aria-pressed={hasKeyboard}
          onClick={() => {
            setHasKeyboard(!hasKeyboard);
            field.ref.current?.blur();
            if (!hasKeyboard) requestAnimationFrame(() => field.focus());
          }}
        >
          <IconKeyboard aria-hidden size={20} stroke={1.75} />
        </button>
      )}
    </div>
  );
}

function inOneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}

/** Focuses once, where that brings up no keyboard over the page. */
function useFocusOnWideScreens(focus: () => void): void {
  const { onFrame } = useContext(StreamEnvironmentContext);
  useEffect(() => {
    if (!window.matchMedia("(min-width: 62em) and (pointer: fine)").matches) return;
    // After the shell has put focus on the page it has come to.
    return onFrame(focus);
  }, [focus, onFrame]);
}

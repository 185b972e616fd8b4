import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type RefObject, useState } from "react";
import { type CallState, isRunning } from "../call/call-timeline.ts";
import type { SendingMethod } from "../methods/sending-method.ts";
import classes from "./controls.module.css";

/** Into which call to send. */
export interface SendingControlsProps {
  readonly method: SendingMethod;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly state: CallState;
  /** Sends one message, in a new call when none is open. */
  readonly onSend: (text: string) => void;
  /** Ends this side of the call. */
  readonly onHalfClose: () => void;
  readonly onCancel: () => void;
}

/** A field whose every Enter is a message, and the buttons that end this side of the call, or all of it. */
export function SendingControls({ method, inputRef, state, onSend, onHalfClose, onCancel }: SendingControlsProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const isHalfClosed = state === "half-closed";

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const found = method.problem(text);
    setProblem(found);
    inputRef.current?.focus();
    if (found !== undefined || isHalfClosed) return;
    onSend(text.trim());
    setText("");
  }

  return (
    <form className={classes.controls} onSubmit={onSubmit} noValidate>
      <TextInput
        ref={inputRef}
        className={classes.field ?? ""}
        label={method.input}
        placeholder={method.placeholder}
        inputMode={method.inputMode}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(undefined);
        }}
        error={problem}
        autoComplete="off"
        enterKeyHint="send"
        spellCheck={false}
        dir="auto"
      />
      <div className={classes.buttons}>
        <Button type="submit" disabled={isHalfClosed}>
          Send
        </Button>
        <Button variant="default" disabled={state !== "open"} onClick={onHalfClose}>
          Half-close
        </Button>
        <Button variant="default" disabled={!isRunning(state)} onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

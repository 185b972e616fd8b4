import { Button, TextInput } from "@mantine/core";
import { IconUserCircle } from "@tabler/icons-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { largestReaderId, parseReaderId } from "./reader-id.ts";
import classes from "./reader-menu.module.css";
import { useReader } from "./use-reader.ts";

/** Shows which reader the app acts as, and on demand how to become another. */
export function ReaderMenu() {
  const { readerId, setReaderId, becomeNewReader } = useReader();
  const [text, setText] = useState("");
  const [violation, setViolation] = useState<string>();
  const popover = useRef<HTMLDivElement>(null);
  const id = useId();

  const close = () => {
    setText("");
    setViolation(undefined);
    popover.current?.hidePopover?.();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = parseReaderId(text);
    if (chosen === undefined) {
      return setViolation(`A whole number from 1 to ${largestReaderId.toLocaleString("en")}`);
    }
    setReaderId(chosen);
    close();
  };

  return (
    <>
      <button type="button" className={classes.button} popoverTarget={id} aria-label={`Reader ${readerId}, change`}>
        <IconUserCircle aria-hidden size={18} stroke={1.75} />
        <span className={classes.number}>{readerId}</span>
      </button>
      <div ref={popover} id={id} popover="auto" role="dialog" aria-label="Reader" className={classes.popover}>
        <p className={classes.text}>
          You rate books and get recommendations as reader <strong>{readerId}</strong>. The number is kept in this
          browser.
        </p>
        <form onSubmit={submit} noValidate className={classes.form}>
          <TextInput
            label="Another reader"
            inputMode="numeric"
            autoComplete="off"
            value={text}
            error={violation}
            onChange={(event) => setText(event.currentTarget.value)}
            className={classes.input}
          />
          <Button type="submit" variant="default">
            Become this reader
          </Button>
          <Button
            onClick={() => {
              becomeNewReader();
              close();
            }}
          >
            Become a new reader
          </Button>
        </form>
      </div>
    </>
  );
}

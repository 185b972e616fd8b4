import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { largestReaderId, parseReaderId } from "./reader-id.ts";
import classes from "./reader-menu.module.css";
import { useReader } from "./use-reader.ts";

/** Shows which reader the app acts as, and becomes another; `onDone` is called once it has. */
export function ReaderForm({ onDone }: { readonly onDone: () => void }) {
  const { readerId, setReaderId, becomeNewReader } = useReader();
  const [text, setText] = useState("");
  const [violation, setViolation] = useState<string>();

  const close = () => {
    setText("");
    setViolation(undefined);
    onDone();
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
      <p className={classes.text}>
        You are a guest. Your ratings are kept for reader <strong>{readerId}</strong>, a number that this browser has
        made up.
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
    </>
  );
}

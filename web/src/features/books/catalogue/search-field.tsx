import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useRef } from "react";
import { lengthProblem } from "../../../text/length-problem.ts";
import classes from "./search-field.module.css";
import { useSearchText } from "./use-search-text.ts";

/** The words searched for, and who wants to know. */
export interface SearchFieldProps {
  readonly query: string;
  /** Called once the typing pauses. */
  readonly onChange: (query: string) => void;
  /** Called when the keyboard leaves the field for what was found. */
  readonly onLeave: () => void;
}

// What the server takes.
const longestQuery = 200;

/**
 * Searches books by words of the title or an author's name, as one types. Escape clears the field, and the arrow down goes on
 * to what was found.
 */
export function SearchField({ query, onChange, onLeave }: SearchFieldProps) {
  const [text, setText] = useSearchText(query, onChange);
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    setText("");
    onChange("");
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The keys of an input method are its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && text !== "") clear();
    else if (event.key === "ArrowDown") onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <TextInput
      ref={input}
      className={classes.field}
      label="Search"
      type="search"
      placeholder="Title or author"
      autoComplete="off"
      spellCheck={false}
      error={lengthProblem(text.trim(), longestQuery)}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch aria-hidden size={18} stroke={1.75} />}
      rightSection={text !== "" && <CloseButton aria-label="Clear the search" onClick={clear} />}
    />
  );
}

import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import classes from "./search-field.module.css";
import { useSearchText } from "./use-search-text.ts";

/** The words searched for, and who wants to know. */
export interface SearchFieldProps {
  readonly query: string;
  /** Called once the typing pauses. */
  readonly onChange: (query: string) => void;
}

// What the server takes.
const longestQuery = 200;

/** Searches books by words of the title or an author's name, as one types. */
export function SearchField({ query, onChange }: SearchFieldProps) {
  const [text, setText] = useSearchText(query, onChange);
  const input = useRef<HTMLInputElement>(null);
  return (
    <TextInput
      ref={input}
      className={classes.field}
      label="Search"
      type="search"
      placeholder="Title or author"
      autoComplete="off"
      spellCheck={false}
      maxLength={longestQuery}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch aria-hidden size={18} stroke={1.75} />}
      rightSection={
        text !== "" && (
          <CloseButton
            aria-label="Clear the search"
            onClick={() => {
              setText("");
              onChange("");
              input.current?.focus();
            }}
          />
        )
      }
    />
  );
}

import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";

/** A field whose text is kept as it is typed, as long as it is not too long. */
export interface BoundedInputProps extends Omit<TextInputProps, "value" | "onChange"> {
  readonly value: string;
  /** The most characters that are kept. */
  readonly longest: number;
  readonly onChange: (value: string) => void;
}

/** A text field that cuts nothing off: what is too long stands in it with what is wrong, and what was there before is kept. */
export function BoundedInput({ value, longest, onChange, error, ...rest }: BoundedInputProps) {
  const [tooLong, setTooLong] = useState<string>();
  function take(text: string) {
    const fits = text.length <= longest;
    setTooLong(fits ? undefined : text);
    if (fits) onChange(text);
  }
  return (
    <TextInput
      {...rest}
      value={tooLong ?? value}
      error={tooLong === undefined ? error : problemOfLength(tooLong, longest)}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

/** What is wrong with a text that is too long; undefined for nothing. */
export function problemOfLength({ length }: string, longest: number): string | undefined {
  return length > longest ? `must have at most ${longest} characters: got ${length}` : undefined;
}

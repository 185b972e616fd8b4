import { TextInput } from "@mantine/core";
import type { LanguagePickerProps } from "./language-picker.tsx";

/** Takes the tag of a language as text: stands in for the picker where its code cannot be loaded. */
export function LanguageField({ value, onChange, error }: LanguagePickerProps) {
  return (
    <TextInput
      label="Language"
      placeholder="Automatic, or a tag such as pt-BR"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

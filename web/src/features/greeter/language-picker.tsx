import { type ComboboxItem, Loader, type OptionsFilter, Select } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import classes from "./language-picker.module.css";
import { matchesLanguage } from "./matches-language.ts";
import type { Languages } from "./use-languages.ts";

/** What the picker shows and tells. */
export interface LanguagePickerProps {
  readonly languages: Languages;
  /** The tag of the language chosen; empty is `Automatic`. */
  readonly value: string;
  readonly onChange: (tag: string) => void;
  /** What is wrong with the language. */
  readonly error: string | undefined;
}

const automatic: ComboboxItem = { value: "", label: "Automatic" };

/** Picks one of the greeter's languages, found by its own name, its name in English or its tag, or none of them. */
export function LanguagePicker({ languages, value, onChange, error }: LanguagePickerProps) {
  const { list, byTag, loading } = languages;
  const options = [automatic, ...list.map(({ tag, name }) => ({ value: tag, label: name }))];
  // A choice made earlier stands there before the languages have come.
  if (value !== "" && !byTag.has(value)) options.push({ value, label: value });

  const filter: OptionsFilter = ({ options: all, search }) =>
    all.filter((option) => "value" in option && matchesLanguage(search, byTag.get(option.value), option.label));

  return (
    <Select
      label="Language"
      data={options}
      value={value}
      onChange={(tag) => onChange(tag ?? "")}
      allowDeselect={false}
      searchable
      selectFirstOptionOnChange
      filter={filter}
      nothingFoundMessage="The greeter does not speak that language"
      maxDropdownHeight={320}
      // Inside the page, for its hue and its landmark.
      comboboxProps={{ withinPortal: false }}
      error={error}
      rightSection={loading ? <Loader size={16} /> : undefined}
      lang={value === "" ? undefined : value}
      renderOption={({ option, checked }) => (
        <>
          {checked && <IconCheck size={16} aria-hidden className={classes.check} />}
          <span className={classes.own} lang={option.value || undefined} dir="auto">
            {option.label}
          </span>
          <span className={classes.english}>
            {option.value === "" ? "as your browser prefers" : byTag.get(option.value)?.englishName}
          </span>
        </>
      )}
    />
  );
}

import { Button, NativeSelect } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useCategories } from "../book/use-categories.ts";
import { optionsText } from "./change-options.ts";
import { allBooks, type ListOptions } from "./list-options.ts";
import type { NotForMe } from "./not-for-me.ts";
import classes from "./options-form.module.css";

/** What was chosen, and who wants to know of another choice. */
export interface OptionsFormProps {
  readonly options: ListOptions;
  readonly onChange: (options: ListOptions) => void;
  readonly notForMe: NotForMe;
}

const years = [1800, 1900, 1950, 1980, 2000, 2010];

/** Which books the recommendations are of: behind a button that says what was chosen. */
export function OptionsForm({ options, onChange, notForMe }: OptionsFormProps) {
  const { all, nameOf } = useCategories();
  const [open, setOpen] = useState(false);
  const id = useId();
  const chosen = optionsText(options, nameOf);
  const { categories, minYear, hideRated } = options;
  // What was shown of other books says nothing of these.
  const change = (next: Partial<ListOptions>) => onChange({ ...options, shown: [], ...next });
  const toggle = (category: string, isChosen: boolean) =>
    change({ categories: isChosen ? [...categories, category] : categories.filter((one) => one !== category) });
  return (
    <div className={classes.options}>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span>{chosen === "" ? "Recommend from all books" : `Recommend from: ${chosen}`}</span>
        <IconChevronDown aria-hidden size={16} className={classes.chevron} />
      </button>
      <div id={id} hidden={!open}>
        {open && (
          <div className={classes.form}>
            <fieldset className={classes.categories}>
              <legend>Categories</legend>
              {all.map(({ id: category, name }) => (
                <label key={category} className={classes.check}>
                  <input
                    type="checkbox"
                    checked={categories.includes(category)}
                    onChange={(event) => toggle(category, event.currentTarget.checked)}
                  />
                  {name}
                </label>
              ))}
            </fieldset>
            <NativeSelect
              label="Published"
              value={minYear ?? ""}
              onChange={({ currentTarget: { value } }) => change({ minYear: value === "" ? undefined : Number(value) })}
            >
              <option value="">In any year</option>
              {years.map((year) => (
                <option key={year} value={year}>{`Since ${year}`}</option>
              ))}
            </NativeSelect>
            <label className={classes.check}>
              <input
                type="checkbox"
                checked={hideRated}
                onChange={(event) => change({ hideRated: event.currentTarget.checked })}
              />
              Hide books I have rated
            </label>
            {chosen !== "" && (
              <Button variant="default" size="compact-sm" onClick={() => onChange(allBooks)}>
                Recommend from all books
              </Button>
            )}
          </div>
        )}
      </div>
      {notForMe.bookIds.length > 0 && (
        <p className={classes.left}>
          {notForMe.bookIds.length === 1 ? "1 book is" : `${notForMe.bookIds.length} books are`} not for you.{" "}
          <Button variant="subtle" size="compact-xs" onClick={notForMe.clear}>
            Recommend them again
          </Button>
        </p>
      )}
    </div>
  );
}

import { type KeyboardEvent, useId, useState } from "react";
import { type Entry, findEntries, groupEntries } from "./entry.ts";
import classes from "./palette.module.css";
import { useEntries } from "./use-entries.ts";
import { useFoundBooks } from "./use-found-books.ts";

/** A field, and below it what its text finds: the arrow keys choose, Enter does it. */
export function Finder({ onDone }: { readonly onDone: () => void }) {
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const entries = useEntries();
  const books = useFoundBooks(query);
  const groups = groupEntries([...findEntries(entries, query), ...books]);
  const shown = groups.flatMap(([, of]) => of);
  const at = Math.min(chosen, shown.length - 1);
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onDone();
    entry.run();
  };
  const choose = (next: number) => {
    const index = (next + shown.length) % Math.max(1, shown.length);
    setChosen(index);
    document.getElementById(`${listId}-${index}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at - 1);
    else if (event.key === "Enter") run(shown[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-label="Find pages, methods, books and actions"
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `${listId}-${at}` : undefined}
        placeholder="A page, a method, a book, an action…"
        autoComplete="off"
        spellCheck={false}
        className={classes.field}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Found" tabIndex={-1} className={classes.list}>
        {groups.map(([group, of]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={group} role="group" aria-label={group} className={classes.group}>
            <div aria-hidden className={classes.groupName}>
              {group}
            </div>
            {of.map((entry) => {
              const index = shown.indexOf(entry);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
                <div
                  key={entry.id}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  tabIndex={-1}
                  className={classes.option}
                  onPointerMove={() => index !== at && setChosen(index)}
                  onClick={() => run(entry)}
                >
                  <span dir="auto">{entry.label}</span>
                  {entry.note !== undefined && (
                    <span dir="auto" className={classes.note}>
                      {entry.note}
                    </span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p role="status" className={classes.count}>
        {shown.length === 0 ? "Nothing found." : shown.length === 1 ? "1 found" : `${shown.length} found`}
      </p>
    </>
  );
}

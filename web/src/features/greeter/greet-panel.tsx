import { Button, TextInput } from "@mantine/core";
import { type FormEvent, memo, Suspense, useDeferredValue, useEffect, useRef } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { useWhyNot } from "../../session/why-not.ts";
import classes from "./greet-panel.module.css";
import type { GreetingForm } from "./greeting-form.ts";
import { GreetingOutput } from "./greeting-output.tsx";
import { LanguageField } from "./language-field.tsx";
import { currentViolations, isAnswered, type Refusal } from "./refusal.ts";
import { useGreet } from "./use-greet.ts";
import type { Languages } from "./use-languages.ts";

// The list to search in is heavy, and nobody needs it before the page is there: only then is it asked for.
const LanguagePicker = lazyPart(async () => (await import("./language-picker.tsx")).LanguagePicker, LanguageField);

const languagePlaceholder = <TextInput label="Language" value="" disabled readOnly />;

/** What the panel shows and tells. */
export interface GreetPanelProps {
  readonly form: GreetingForm;
  readonly onChange: (form: GreetingForm) => void;
  readonly languages: Languages;
  /** Why the stream, which shares the form, was refused. */
  readonly streamRefusal: Refusal | undefined;
}

/** Greets whom the form names, on Enter or a button, and shows the greeting large. */
export const GreetPanel = memo(function GreetPanel({ form, onChange, languages, streamRefusal }: GreetPanelProps) {
  const { greet, greeting, count, pending, refusal } = useGreet();
  const whyNot = useWhyNot();
  const disabled = whyNot === undefined ? {} : { disabled: true, title: whyNot };
  const nameInput = useRef<HTMLInputElement>(null);
  const pageIsThere = useDeferredValue(true, false);
  const values = { ...form };
  const violations = new Map([...currentViolations(streamRefusal, values), ...currentViolations(refusal, values)]);
  const wrongName = violations.get("name");
  const wrongLanguage = violations.get("language");

  // Below another name, or in another language, it would pass for that one's greeting.
  const isOfForm = greeting?.of.name === form.name && greeting.of.language === form.language;

  useEffect(() => {
    if (wrongName !== undefined) nameInput.current?.focus();
  }, [wrongName]);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (whyNot === undefined) greet("hello", form);
  }

  return (
    <Panel title="Greet">
      <form className={classes.form} onSubmit={onSubmit} noValidate>
        <TextInput
          ref={nameInput}
          label="Name"
          placeholder="Ada, Łukasz, ليلى …"
          value={form.name}
          onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
          error={wrongName && `The name ${wrongName}`}
          autoComplete="off"
          enterKeyHint="send"
          spellCheck={false}
          dir="auto"
        />
        <Suspense fallback={languagePlaceholder}>
          {pageIsThere ? (
            <LanguagePicker
              languages={languages}
              value={form.language}
              onChange={(language) => onChange({ ...form, language })}
              error={wrongLanguage && `The language ${wrongLanguage}`}
            />
          ) : (
            languagePlaceholder
          )}
        </Suspense>
        {languages.error !== undefined && (
          <ErrorNotice
            error={languages.error}
            sentence="The list of languages could not be loaded; Automatic still works."
            onRetry={languages.retry}
            withoutDetail
          />
        )}
        <div className={classes.buttons}>
          <Button type="submit" {...disabled}>
            Greet
          </Button>
          <Button variant="default" {...disabled} onClick={() => greet("again", form)}>
            Greet again
          </Button>
        </div>
      </form>
      {refusal !== undefined && !isAnswered(refusal, values) && (
        <ErrorNotice error={refusal.error} withoutDetail={violations.size > 0} />
      )}
      <GreetingOutput
        greeting={isOfForm ? greeting : undefined}
        count={count}
        pending={pending}
        languages={languages.byTag}
      />
    </Panel>
  );
});

import { Button, Textarea, TextInput } from "@mantine/core";
import { use, useContext } from "react";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import classes from "./controls.module.css";
import { ProblemsContext, type ValueEditorProps } from "./form-context.ts";
import type { SpecialForm, ValueType } from "./value-type.ts";

type SpecialProps = ValueEditorProps<Extract<ValueType, { kind: "special" }>, string>;

const placeholders: Readonly<Record<SpecialForm, string>> = {
  timestamp: "2026-11-21T08:30:00Z",
  duration: "1.5s",
  "field-mask": "title,bookId",
  json: "",
};

/** A well-known type in the form it has in JSON. */
export function SpecialEditor({ type, label, description, path, value, onChange }: SpecialProps) {
  const problem = use(ProblemsContext).get(path);
  const { timeOfDay } = useContext(StreamEnvironmentContext);
  if (type.form === "json") {
    return (
      <Textarea
        label={label}
        description={
          <>
            {description} {type.message.name}, as JSON
          </>
        }
        value={value}
        error={problem}
        rows={Math.min(Math.max(value.split("\n").length, 2), 12)}
        spellCheck={false}
        classNames={{ input: classes.code ?? "" }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <div className={classes.withButton}>
      <TextInput
        label={label}
        description={description}
        value={value}
        error={problem}
        placeholder={placeholders[type.form]}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {type.form === "timestamp" && (
        <Button variant="default" onClick={() => onChange(new Date(timeOfDay()).toISOString())}>
          Now
        </Button>
      )}
    </div>
  );
}

import type { FieldDraft } from "./draft.ts";
import { emptyDraft, withField } from "./draft.ts";
import { FieldEditor } from "./field-editor.tsx";
import type { MessageFieldsProps } from "./form-context.ts";
import classes from "./message-form.module.css";
import { OneofEditor } from "./oneof-editor.tsx";

/** The fields of a message, in the order of its contract. */
export function MessageFields({ message, path, draft = emptyDraft, onChange }: MessageFieldsProps) {
  const set = (name: string, value: FieldDraft | undefined, without?: readonly string[]) =>
    onChange(withField(draft, name, value, without));
  if (message.fields.length === 0) return <p className={classes.nothing}>{message.name} has no fields.</p>;
  return (
    <div className={classes.fields}>
      {message.members.map((member) =>
        member.kind === "oneof" ? (
          <OneofEditor key={member.name} oneof={member} path={path} draft={draft} onChange={onChange} />
        ) : (
          <FieldEditor
            key={member.name}
            field={member}
            path={pathOf(path, member.name)}
            value={draft.fields.get(member.name)}
            onChange={(value) => set(member.name, value)}
          />
        ),
      )}
    </div>
  );
}

function pathOf(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

import type { DescField, DescOneof } from "@bufbuild/protobuf";
import { useId } from "react";
import { CommentText } from "../schema/comment-text.tsx";
import { commentOf } from "../schema/comments.ts";
import classes from "./controls.module.css";
import { isMessageDraft, type MessageDraft, withField } from "./draft.ts";
import { FieldLabel } from "./field-label.tsx";
import { GroupComment } from "./group-comment.tsx";
import { ValueEditor } from "./value-editor.tsx";
import { newValue, valueTypeOf } from "./value-type.ts";

/** A group of fields of which at most one is set. */
export interface OneofEditorProps {
  readonly oneof: DescOneof;
  /** The path of the message that it is in. */
  readonly path: string;
  readonly draft: MessageDraft;
  readonly onChange: (draft: MessageDraft) => void;
}

/** A choice of at most one of some fields, and the control of the chosen one. */
export function OneofEditor({ oneof, path, draft, onChange }: OneofEditorProps) {
  const group = useId();
  const names = oneof.fields.map(({ name }) => name);
  const chosen = oneof.fields.find(({ name }) => draft.fields.has(name));
  const choose = (field: DescField | undefined) => {
    if (field === undefined) onChange(withField(draft, "", undefined, names));
    else onChange(withField(draft, field.name, newValue(valueTypeOf(field)), names));
  };
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>
        <span className={classes.name}>{oneof.name}</span>
        <span aria-hidden className={classes.type}>
          one of
        </span>
      </legend>
      <GroupComment text={commentOf(oneof)} />
      <div className={classes.choices}>
        {[undefined, ...oneof.fields].map((field) => (
          <label key={field?.name ?? ""} className={classes.check}>
            <input type="radio" name={group} checked={field === chosen} onChange={() => choose(field)} />
            <span>{field?.name ?? "none"}</span>
          </label>
        ))}
      </div>
      {chosen !== undefined && <ChosenField field={chosen} path={path} draft={draft} onChange={onChange} />}
    </fieldset>
  );
}

interface ChosenFieldProps extends Omit<OneofEditorProps, "oneof"> {
  readonly field: DescField;
}

function ChosenField({ field, path, draft, onChange }: ChosenFieldProps) {
  const type = valueTypeOf(field);
  const comment = commentOf(field);
  const held = draft.fields.get(field.name);
  const isValue = held !== undefined && (typeof held !== "object" || isMessageDraft(held));
  return (
    <ValueEditor
      type={type}
      label={<FieldLabel field={field} />}
      description={comment && <CommentText>{comment}</CommentText>}
      path={path === "" ? field.name : `${path}.${field.name}`}
      value={isValue ? held : newValue(type)}
      onChange={(value) => onChange(withField(draft, field.name, value))}
    />
  );
}

import type { DescField } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { CommentText } from "../schema/comment-text.tsx";
import { commentOf } from "../schema/comments.ts";
import classes from "./controls.module.css";
import type { FieldDraft, ValueDraft } from "./draft.ts";
import { FieldLabel } from "./field-label.tsx";
import { GroupComment } from "./group-comment.tsx";
import { ListEditor } from "./list-editor.tsx";
import { MapEditor } from "./map-editor.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { ValueEditor } from "./value-editor.tsx";
import { canBeUnset, newValue, type ValueType, valueTypeOf } from "./value-type.ts";

/** A field to fill in; it is not set where its value is undefined. */
export interface FieldEditorProps {
  readonly field: DescField;
  readonly path: string;
  readonly value: FieldDraft | undefined;
  readonly onChange: (value: FieldDraft | undefined) => void;
}

/** A field of a message: a value, rows of a list or map, or a button that adds what need not be there. */
export function FieldEditor({ field, path, value, onChange }: FieldEditorProps) {
  const type = valueTypeOf(field);
  const comment = commentOf(field);
  const about = { label: <FieldLabel field={field} />, description: comment && <CommentText>{comment}</CommentText> };
  if (field.fieldKind === "list") {
    const rows = typeof value === "object" && value.kind === "list" ? value.rows : [];
    return <ListEditor field={field} type={type} path={path} rows={rows} onChange={onChange} />;
  }
  if (field.fieldKind === "map") {
    const rows = typeof value === "object" && value.kind === "map" ? value.rows : [];
    return <MapEditor field={field} type={type} path={path} rows={rows} onChange={onChange} />;
  }
  if (!canBeUnset(field)) {
    const shown = isValue(value) ? value : newValue(type);
    return <OneValue {...about} name={field.name} type={type} path={path} value={shown} onChange={onChange} />;
  }
  if (!isValue(value)) {
    return (
      <div className={classes.absent}>
        <span>{about.label}</span>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Add ${field.name}`}
          leftSection={<IconPlus aria-hidden size={14} />}
          onClick={() => onChange(newValue(type))}
        >
          Add
        </Button>
        <GroupComment text={comment} />
      </div>
    );
  }
  return (
    <OneValue
      {...about}
      name={field.name}
      type={type}
      path={path}
      value={value}
      onChange={onChange}
      onRemove={() => onChange(undefined)}
    />
  );
}

interface OneValueProps {
  readonly label: React.ReactNode;
  readonly description: React.ReactNode;
  readonly name: string;
  readonly type: ValueType;
  readonly path: string;
  readonly value: ValueDraft;
  readonly onChange: (value: ValueDraft) => void;
  readonly onRemove?: () => void;
}

/** One value, in a group of its own where it is a message, and with a button that takes it away where it need not be there. */
function OneValue({ label, description, name, type, path, value, onChange, onRemove }: OneValueProps) {
  const remove = onRemove && (
    <RemoveButton label={`Remove ${name}`} onRemove={onRemove}>
      <IconX aria-hidden size={16} />
    </RemoveButton>
  );
  const editor = (
    <ValueEditor type={type} label={label} description={description} path={path} value={value} onChange={onChange} />
  );
  if (type.kind !== "message") {
    return remove === undefined ? (
      editor
    ) : (
      <div className={classes.row}>
        {editor}
        {remove}
      </div>
    );
  }
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{label}</legend>
      {remove}
      {description && <p className={classes.comment}>{description}</p>}
      {editor}
    </fieldset>
  );
}

function isValue(value: FieldDraft | undefined): value is ValueDraft {
  return value !== undefined && (typeof value !== "object" || value.kind === "message");
}

import { ScalarType } from "@bufbuild/protobuf";
import { TextInput } from "@mantine/core";
import { use } from "react";
import { BoolEditor } from "./bool-editor.tsx";
import { BytesEditor } from "./bytes-editor.tsx";
import { isMessageDraft } from "./draft.ts";
import { EnumEditor } from "./enum-editor.tsx";
import { MessageFieldsContext, ProblemsContext, type ValueEditorProps } from "./form-context.ts";
import { SpecialEditor } from "./special-editor.tsx";
import type { ValueType } from "./value-type.ts";

/** The control for one value, whatever its type. */
export function ValueEditor({ type, value, onChange, ...rest }: ValueEditorProps) {
  const MessageFields = use(MessageFieldsContext);
  const text = typeof value === "string" ? value : "";
  switch (type.kind) {
    case "message":
      return (
        <MessageFields
          message={type.message}
          path={rest.path}
          draft={isMessageDraft(value) ? value : undefined}
          onChange={onChange}
        />
      );
    case "enum":
      return <EnumEditor type={type} value={text} onChange={onChange} {...rest} />;
    case "special":
      return <SpecialEditor type={type} value={text} onChange={onChange} {...rest} />;
    case "scalar":
      if (type.scalar === ScalarType.BOOL)
        return <BoolEditor type={type} value={value === true} onChange={onChange} {...rest} />;
      if (type.scalar === ScalarType.BYTES)
        return <BytesEditor type={type} value={text} onChange={onChange} {...rest} />;
      return <ScalarEditor type={type} value={text} onChange={onChange} {...rest} />;
  }
}

type ScalarProps = ValueEditorProps<Extract<ValueType, { kind: "scalar" }>, string>;

function ScalarEditor({ type, label, description, path, value, onChange }: ScalarProps) {
  const problem = use(ProblemsContext).get(path);
  const isText = type.scalar === ScalarType.STRING;
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      error={problem}
      dir={isText ? "auto" : undefined}
      autoComplete="off"
      spellCheck={false}
      {...(isText ? {} : { placeholder: "0" })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

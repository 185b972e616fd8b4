import type { DescMessage } from "@bufbuild/protobuf";
import type { ValueDraft } from "./draft.ts";
import type { Problems } from "./draft-to-json.ts";
import { MessageFieldsContext, ProblemsContext } from "./form-context.ts";
import { MessageFields } from "./message-fields.tsx";
import classes from "./message-form.module.css";
import { ValueEditor } from "./value-editor.tsx";
import { messageType } from "./value-type.ts";

/** The message to fill in. */
export interface MessageFormProps {
  readonly message: DescMessage;
  readonly draft: ValueDraft;
  readonly problems: Problems;
  readonly onChange: (draft: ValueDraft) => void;
}

/** A form made from the descriptor of a message. */
export function MessageForm({ message, draft, problems, onChange }: MessageFormProps) {
  const type = messageType(message);
  const isEmpty = type.kind === "message" && message.fields.length === 0;
  return (
    <ProblemsContext value={problems}>
      {isEmpty ? (
        <p className={classes.nothing}>{message.name} has no fields: there is nothing to fill in.</p>
      ) : (
        <MessageFieldsContext value={MessageFields}>
          <ValueEditor type={type} label={message.name} path="" value={draft} onChange={onChange} />
        </MessageFieldsContext>
      )}
    </ProblemsContext>
  );
}

import type { DescMethod } from "@bufbuild/protobuf";
import { Textarea } from "@mantine/core";
import { useId } from "react";
import type { Problems } from "../form/draft-to-json.ts";
import { MessageForm } from "../form/message-form.tsx";
import { TabList } from "../tabs/tab-list.tsx";
import classes from "./request-editor.module.css";
import type { RequestState } from "./use-request.ts";

/** The message to write. */
export interface RequestEditorProps {
  readonly method: DescMethod;
  readonly request: RequestState;
  /** What to say at fields: what cannot be sent, and what the server did not accept. */
  readonly problems: Problems;
  /** What is wrong with the message as a whole; nothing where absent. */
  readonly problem: string | undefined;
  /** Hears that the message has to be put right before it can be shown in the other form. */
  readonly onStay: () => void;
}

const tabs = [
  { id: "form", label: "Form" },
  { id: "json", label: "JSON" },
] as const;

/** The message of a call, as a form or as JSON. Both are the same message. */
export function RequestEditor({ method, request, problems, problem, onStay }: RequestEditorProps) {
  const panelId = useId();
  return (
    <div className={classes.editor}>
      <TabList
        label="Write the message as"
        tabs={tabs}
        chosen={request.form}
        panelId={panelId}
        onChoose={(form) => {
          if (!request.setForm(form)) onStay();
        }}
      />
      <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${request.form}`} className={classes.panel}>
        {request.form === "form" ? (
          <>
            <MessageForm message={method.input} draft={request.draft} problems={problems} onChange={request.setDraft} />
            {problem !== undefined && (
              <p role="alert" className={classes.problem}>
                {problem}
              </p>
            )}
          </>
        ) : (
          <Textarea
            label={`${method.input.name} as JSON`}
            value={request.text}
            error={problem}
            rows={Math.min(Math.max(request.text.split("\n").length + 1, 6), 24)}
            spellCheck={false}
            autoCapitalize="off"
            classNames={{ input: classes.json ?? "" }}
            onChange={(event) => request.setText(event.currentTarget.value)}
          />
        )}
      </div>
    </div>
  );
}

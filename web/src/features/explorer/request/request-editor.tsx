import type { DescMethod } from "@bufbuild/protobuf";
import { Button, Tabs, Textarea } from "@mantine/core";
import tabs from "../../../components/tabs.module.css";
import type { Problems } from "../form/draft-to-json.ts";
import { MessageForm } from "../form/message-form.tsx";
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

/** The message of a call, as a form or as JSON. Both are the same message. */
export function RequestEditor({ method, request, problems, problem, onStay }: RequestEditorProps) {
  return (
    <Tabs
      value={request.form}
      onChange={(form) => {
        if (!request.setForm(form === "json" ? "json" : "form")) onStay();
      }}
      keepMounted={false}
      className={classes.editor ?? ""}
    >
      <div className={classes.head}>
        <Tabs.List aria-label="Write the message as" className={tabs.list ?? ""}>
          <Tabs.Tab value="form" className={tabs.tab ?? ""}>
            Form
          </Tabs.Tab>
          <Tabs.Tab value="json" className={tabs.tab ?? ""}>
            JSON
          </Tabs.Tab>
        </Tabs.List>
        {method.input.fields.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={request.undoExample ?? request.fillExample}>
            {request.undoExample === undefined ? "Fill in an example" : "Take the example back"}
          </Button>
        )}
      </div>
      <Tabs.Panel value={request.form} className={classes.panel ?? ""}>
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
      </Tabs.Panel>
    </Tabs>
  );
}

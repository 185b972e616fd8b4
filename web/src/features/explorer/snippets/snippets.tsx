import { Tabs } from "@mantine/core";
import { useEffect, useState } from "react";
import { CopyButton } from "../../../components/copy-button.tsx";
import tabs from "../../../components/tabs.module.css";
import { bufCurlSnippet } from "./buf-curl.ts";
import { curlSnippet } from "./curl.ts";
import { grpcurlSnippet } from "./grpcurl.ts";
import { pythonSnippet } from "./python.ts";
import type { SnippetCall } from "./snippet-call.ts";
import { variablesOf } from "./snippet-metadata.ts";
import classes from "./snippets.module.css";
import { typescriptSnippet } from "./typescript.ts";

const languages = [
  { id: "buf", label: "buf curl", write: bufCurlSnippet, note: "Needs buf. Asks the server what the service is." },
  {
    id: "grpcurl",
    label: "grpcurl",
    write: grpcurlSnippet,
    note: "Needs grpcurl. Asks the server what the service is.",
  },
  {
    id: "curl",
    label: "curl",
    write: curlSnippet,
    note: "Needs nothing else: the Connect protocol in JSON.",
    speaksConnect: true,
  },
  {
    id: "typescript",
    label: "TypeScript",
    write: typescriptSnippet,
    note: "Runs in a checkout of Triptych, with node. Elsewhere the last import is your own generated code.",
  },
  { id: "python", label: "Python", write: pythonSnippet, note: "Needs grpcio and protobuf, and no generated code." },
] as const;

/** The call to write down. */
export interface SnippetsProps {
  readonly call: SnippetCall;
  /** Whether its messages are those of a stream. */
  readonly isStream: boolean;
}

/** A call in several languages, one at a time, each with a button that copies it; without its secrets. */
export function Snippets({ call, isStream }: SnippetsProps) {
  const [chosen, setChosen] = useState<string>("buf");
  // A server that is called over native gRPC may speak nothing else.
  const offered = languages.filter((one) => call.protocol !== "grpc" || !("speaksConnect" in one));
  const language = offered.find(({ id }) => id === chosen) ?? languages[0];
  const text = useWritten(language.write(call));
  const variables = variablesOf(call.metadata);
  return (
    <Tabs
      value={language.id}
      onChange={(id) => setChosen(id ?? chosen)}
      keepMounted={false}
      className={classes.snippets ?? ""}
    >
      <Tabs.List aria-label="Written for" className={tabs.list ?? ""}>
        {offered.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id} className={tabs.tab ?? ""}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={language.id} className={classes.panel ?? ""}>
        <div className={classes.head}>
          <p className={classes.note}>
            {language.note} {variables.length > 0 && `It reads ${variables.join(", ")} from the environment. `}
            {isStream && "It sends the messages that were sent here, or the one above."}
          </p>
          <CopyButton label={`Copy ${language.label}`} text={text} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
        <pre tabIndex={0} className={classes.text}>
          {text}
        </pre>
      </Tabs.Panel>
    </Tabs>
  );
}

/** A text that may take a moment to be there; until then the one before. */
function useWritten(written: string | Promise<string>): string {
  const [text, setText] = useState("");
  useEffect(() => {
    if (typeof written === "string") return;
    let isLeft = false;
    void written.then((done) => {
      if (!isLeft) setText(done);
    });
    return () => {
      isLeft = true;
    };
  }, [written]);
  return typeof written === "string" ? written : text;
}

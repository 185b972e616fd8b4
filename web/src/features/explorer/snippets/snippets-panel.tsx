import type { DescMethod, FileRegistry } from "@bufbuild/protobuf";
import { Skeleton } from "@mantine/core";
import { Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { Panel } from "../../../components/panel.tsx";
import type { CallLog } from "../call/call-log.ts";
import type { CallForm } from "../request/use-call-form.ts";
import { streamsRequests } from "../schema/method-kind.ts";
import type { SnippetProtocol } from "./snippet-call.ts";
import { snippetMessages } from "./snippet-messages.ts";

const Snippets = lazyPart(
  async () => (await import("./snippets.tsx")).Snippets,
  () => <p>The commands and programs could not be loaded. Loading the page again may help.</p>,
);

/** A call as it is filled in, and what has been sent of it. */
export interface SnippetsPanelProps {
  readonly method: DescMethod;
  readonly form: CallForm;
  readonly log: CallLog;
  readonly types: FileRegistry;
  readonly protocol: SnippetProtocol;
  /** Where the server is. */
  readonly baseUrl: string;
}

/** The same call as a command or a program. */
export function SnippetsPanel({ method, form, log, types, protocol, baseUrl }: SnippetsPanelProps) {
  const messages = snippetMessages(method, form.request.read, log, types);
  const isReady = messages !== undefined && form.areSettingsValid && "timeoutMs" in form.readDeadline;
  return (
    <Panel title="The same call elsewhere">
      {isReady ? (
        <Suspense fallback={<Skeleton height="10rem" />}>
          <Snippets
            call={{
              method,
              baseUrl,
              messages,
              metadata: form.sent,
              timeoutMs: "timeoutMs" in form.readDeadline ? form.readDeadline.timeoutMs : undefined,
              protocol,
            }}
            isStream={streamsRequests(method)}
          />
        </Suspense>
      ) : (
        <p>Correct the request to see it as a command or a program.</p>
      )}
    </Panel>
  );
}

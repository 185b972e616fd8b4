import type { DescMethod, FileRegistry, JsonValue } from "@bufbuild/protobuf";
import { useMemo, useState } from "react";
import type { ValueDraft } from "../form/draft.ts";
import { draftFromJson } from "../form/draft-from-json.ts";
import { exampleOf } from "../form/example.ts";
import { type ReadMessage, readDraft, readText } from "../form/read-message.ts";
import { messageType, newValue } from "../form/value-type.ts";
import type { Values } from "../variables/substitute.ts";

/** How a message is written. */
export type RequestForm = "form" | "json";

/** The message that a person writes. */
export interface RequestState {
  readonly form: RequestForm;
  readonly draft: ValueDraft;
  readonly text: string;
  /** The message as it stands, or why there is none yet. */
  readonly read: ReadMessage;
  readonly setDraft: (draft: ValueDraft) => void;
  readonly setText: (text: string) => void;
  /** Goes over to the other form with the message in it. Stays where there is no message yet; whether it went. */
  readonly setForm: (form: RequestForm) => boolean;
  /** Puts an example in the place of what is written. */
  readonly fillExample: () => void;
  /** Takes the example back; undefined once it was changed. */
  readonly undoExample: (() => void) | undefined;
}

interface Written {
  readonly form: RequestForm;
  readonly draft: ValueDraft;
  readonly text: string;
}

/**
 * A message for a method, with values for the variables that it names, begun with some JSON, which need not fit: then it is there to be put right.
 */
export function useRequest(method: DescMethod, types: FileRegistry, values: Values, begin?: JsonValue): RequestState {
  const desc = method.input;
  const type = messageType(desc);
  const [written, setWritten] = useState<Written>(() => beginning());
  const [beforeExample, setBeforeExample] = useState<Written>();
  const { form, draft, text } = written;
  const read = useMemo(
    () => (form === "form" ? readDraft(desc, draft, types, values) : readText(desc, text, types, values)),
    [desc, types, form, draft, text, values],
  );

  function beginning(): Written {
    if (begin === undefined) return { form: "form", draft: newValue(type), text: "{}" };
    const given = textOf(begin);
    const message = readText(desc, given, types, values);
    if ("problem" in message) return { form: "json", draft: newValue(type), text: given };
    return { form: "form", draft: draftFromJson(type, message.written), text: given };
  }

  function setForm(next: RequestForm): boolean {
    if (next === form) return true;
    if ("problem" in read) return false;
    if (next === "json") setWritten({ ...written, form: next, text: textOf(read.written) });
    else setWritten({ ...written, form: next, draft: draftFromJson(type, read.written) });
    return true;
  }

  function write(changed: Partial<Written>, before?: Written): void {
    setWritten({ ...written, ...changed });
    setBeforeExample(before);
  }

  return {
    ...written,
    read,
    setDraft: (changed) => write({ draft: changed }),
    setText: (changed) => write({ text: changed }),
    setForm,
    fillExample() {
      const example = exampleOf(desc);
      write({ draft: draftFromJson(type, example), text: textOf(example) }, written);
    },
    undoExample: beforeExample && (() => write(beforeExample)),
  };
}

function textOf(json: JsonValue): string {
  return JSON.stringify(json, null, 2);
}

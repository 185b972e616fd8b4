import type { DescMessage } from "@bufbuild/protobuf";
import { type ComponentType, createContext, type ReactNode } from "react";
import type { MessageDraft, ValueDraft } from "./draft.ts";
import type { Problems } from "./draft-to-json.ts";
import type { ValueType } from "./value-type.ts";

/** A value to fill in. */
export interface ValueEditorProps<T extends ValueType = ValueType, V extends ValueDraft = ValueDraft> {
  readonly type: T;
  /** What it is called. */
  readonly label: ReactNode;
  /** What the contract says of it. */
  readonly description?: ReactNode;
  /** Where it is in the message, such as `items[0].quantity`. */
  readonly path: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** A message whose fields are to be filled in. */
export interface MessageFieldsProps {
  readonly message: DescMessage;
  readonly path: string;
  readonly draft: MessageDraft | undefined;
  readonly onChange: (draft: MessageDraft) => void;
}

/** What is wrong with the fields of the form around it, by their path; nothing where there is no form. */
export const ProblemsContext = createContext<Problems>(new Map());

/** What shows the fields of a message inside a field: a form within the form, which cannot import itself. */
export const MessageFieldsContext = createContext<ComponentType<MessageFieldsProps>>(() => null);

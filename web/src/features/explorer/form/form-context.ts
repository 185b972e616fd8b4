import { type ComponentType, createContext } from "react";
import type { Problems } from "./draft-to-json.ts";
import type { MessageFieldsProps } from "./message-fields.tsx";

/** What is wrong with the fields of the form around it, by their path; nothing where there is no form. */
export const ProblemsContext = createContext<Problems>(new Map());

/** What shows the fields of a message inside a field: a form within the form, which cannot import itself. */
export const MessageFieldsContext = createContext<ComponentType<MessageFieldsProps>>(() => null);

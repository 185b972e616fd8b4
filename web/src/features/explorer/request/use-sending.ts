import type { DescMethod } from "@bufbuild/protobuf";
import { type RefObject, useState } from "react";
import { fieldViolations } from "../../../errors/field-violations.ts";
import type { CallControl } from "../call/use-call.ts";
import type { Problems } from "../form/draft-to-json.ts";
import { streamsRequests } from "../schema/method-kind.ts";
import type { CallForm } from "./use-call-form.ts";

/** What can be done with a call that is filled in, and what is wrong with it. */
export interface Sending {
  /** Whether a person tried to send what cannot be sent: only then is it said what is wrong. */
  readonly isChecked: boolean;
  /** Says what is wrong, and goes to the first field with something wrong. */
  readonly check: () => void;
  /** Starts a call without sending a message. */
  readonly open: () => void;
  /** Sends the message, into the open call or one that is started for it. */
  readonly send: () => void;
  /** What is wrong with fields: before sending, or in the eyes of the server. */
  readonly problems: Problems;
  /** What is wrong with the message as a whole. */
  readonly problem: string | undefined;
}

/** Sends what is filled in, once it can be sent; until then says what is wrong with it. */
export function useSending(
  method: DescMethod,
  form: CallForm,
  call: CallControl,
  element: RefObject<HTMLFormElement | null>,
): Sending {
  const [isChecked, setChecked] = useState(false);
  const { read } = form.request;
  const isOpen = call.log.phase === "open";
  const timeoutMs = "problem" in form.readDeadline ? undefined : form.readDeadline.timeoutMs;
  const settings = { metadata: form.sent, timeoutMs };

  function check() {
    setChecked(true);
    // The fields have to be marked before the first of them can be found.
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  function open() {
    if (form.areSettingsValid) call.open(settings);
    else check();
  }

  function send() {
    if ("problem" in read || !(form.areSettingsValid || isOpen)) return check();
    setChecked(false);
    if (!isOpen) call.open(settings);
    call.send(read.message);
    if (!streamsRequests(method)) call.halfClose();
  }

  const own: Problems = isChecked && "problem" in read ? read.fields : new Map();
  return {
    isChecked,
    check,
    open,
    send,
    problems: new Map([...fieldViolations(call.log.error), ...own]),
    problem: isChecked && "problem" in read ? read.problem : undefined,
  };
}

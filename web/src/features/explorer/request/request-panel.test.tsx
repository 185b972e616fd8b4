import { createFileRegistry } from "@bufbuild/protobuf";
import { fireEvent, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { expect, it, vi } from "vitest";
import type { Session } from "../../../session/session.ts";
import { guestSession, SessionContext } from "../../../session/session-context.ts";
import { renderApp } from "../../../test/render-app.tsx";
import { noCall, openedCall } from "../call/call-log.ts";
import type { CallControl } from "../call/use-call.ts";
import { RequestPanel } from "./request-panel.tsx";
import { useCallForm } from "./use-call-form.ts";

const method = GreeterService.method.sayHello;
const guest: Session = { kind: "signed-out", signsIn: true };

/** The form of a call for those who are signed in, before a person who is not; returns what is asked of the call. */
function open(log = noCall) {
  const call = { log, open: vi.fn(), send: vi.fn(), halfClose: vi.fn(), cancel: vi.fn() };
  renderApp(
    <SessionContext value={{ ...guestSession, get: () => guest }}>
      <Filled call={call} />
    </SessionContext>,
    { path: "/explorer?protocol=connect" },
  );
  return call;
}

function Filled({ call }: { readonly call: CallControl }) {
  const form = useCallForm(method, createFileRegistry(), undefined);
  return <RequestPanel method={method} form={form} call={call} formRef={{ current: null }} />;
}

const send = () => screen.getByRole<HTMLButtonElement>("button", { name: "Send", description: /Sign in to do this/ });

it("does not send what one may not call, and says why", () => {
  const call = open();
  expect(send().disabled).toBe(true);
  expect(screen.getByRole("link", { name: "Sign in" })).toBeDefined();
  fireEvent.submit(screen.getByRole("form", { name: "Request" }));
  expect(call.open).not.toHaveBeenCalled();
});

it("sends it with a credential of its own", async () => {
  const call = open();
  await userEvent.click(screen.getByRole("button", { name: "API key" }));
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(call.open).toHaveBeenCalledWith({ metadata: [["x-api-key", ""]], timeoutMs: undefined });
});

it("says nothing of that while a call is open", () => {
  open(openedCall);
  expect(screen.queryByText(/Sign in to do this/)).toBeNull();
});

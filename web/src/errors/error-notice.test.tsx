import { Code, ConnectError } from "@connectrpc/connect";
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderApp } from "../test/render-app.tsx";
import { ErrorNotice } from "./error-notice.tsx";

it("says it in a sentence with the code beside it and the server's words below", () => {
  renderApp(<ErrorNotice error={new ConnectError("division by zero at 3", Code.InvalidArgument)} />);
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("The server does not accept this input.");
  expect(alert.textContent).toContain("INVALID_ARGUMENT");
  expect(alert.textContent).toContain("division by zero at 3");
});

it("says when to try again where the server does", () => {
  const error = new ConnectError("too many calls", Code.ResourceExhausted, { "grpc-retry-pushback-ms": "1500" });
  renderApp(<ErrorNotice error={error} />);
  expect(screen.getByRole("alert").textContent).toContain("Try again in 2 s.");
});

it("says of what is too much for good that it is", () => {
  const error = new ConnectError("too much work", Code.ResourceExhausted, { "grpc-retry-pushback-ms": "-1" });
  renderApp(<ErrorNotice error={error} />);
  expect(screen.getByRole("alert").textContent).toContain("more than the server is willing to do");
});

it("counts an error without a code as unknown", () => {
  renderApp(<ErrorNotice error={new Error("odd")} withoutDetail />);
  expect(screen.getByRole("alert").textContent).toContain("UNKNOWN");
  expect(screen.queryByText("odd")).toBeNull();
});

it("tries again when asked to", async () => {
  const onRetry = vi.fn();
  renderApp(<ErrorNotice error={new ConnectError("", Code.Unavailable)} onRetry={onRetry} />);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

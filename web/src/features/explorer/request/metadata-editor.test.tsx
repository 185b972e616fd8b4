import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render-app.tsx";
import type { MetadataRow } from "./metadata.ts";
import { MetadataEditor } from "./metadata-editor.tsx";

function Editor() {
  const [rows, setRows] = useState<readonly MetadataRow[]>([]);
  return <MetadataEditor rows={rows} problems={new Map()} onChange={setRows} />;
}

it("takes one token or key of who calls, and says that no link has it", async () => {
  renderApp(<Editor />);
  await userEvent.click(screen.getByRole("button", { name: "Bearer token" }));
  expect(screen.getByDisplayValue("authorization")).toBeDefined();
  const value = screen.getByRole("textbox", { name: "Metadata value 1", description: "No link to this call has it" });
  expect(value.getAttribute("value")).toBe("Bearer ");
  expect(screen.queryByRole("button", { name: "Bearer token" })).toBeNull();
});

it("says so of no other metadata", async () => {
  renderApp(<Editor />);
  await userEvent.click(screen.getByRole("button", { name: "Add metadata" }));
  expect(screen.queryByText("No link to this call has it")).toBeNull();
});

it("has presets for a user with a password, and for an API key", async () => {
  renderApp(<Editor />);
  await userEvent.click(screen.getByRole("button", { name: "User and password" }));
  expect(screen.getByText("Sent in base64; no link to this call has it")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Remove metadata 1" }));
  await userEvent.click(screen.getByRole("button", { name: "API key" }));
  expect(screen.getByDisplayValue("x-api-key")).toBeDefined();
});

it("lets a link have what only names a variable", async () => {
  renderApp(<Editor />);
  await userEvent.click(screen.getByRole("button", { name: "Bearer token" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Metadata value 1" }), "{{{{token}}");
  expect(screen.queryByText("No link to this call has it")).toBeNull();
});

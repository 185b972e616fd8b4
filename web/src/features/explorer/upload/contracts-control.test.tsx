import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { renderApp } from "../../../test/render-app.tsx";
import { ExplorerPage } from "../explorer-page.tsx";
import { fakeAllTypes } from "../testing/fake-all-types.ts";
import { UploadsContext } from "./uploads.ts";

// What the page loads on demand takes long where nothing of it is compiled yet.
vi.setConfig({ testTimeout: 30_000 });

const kept = new Map<string, Uint8Array>();
const uploads = {
  read: async (server: string) => kept.get(server),
  write: async (server: string, set: Uint8Array | undefined) => {
    kept.delete(server);
    if (set !== undefined) kept.set(server, set);
  },
};

beforeEach(() => kept.clear());

function open() {
  const page = (
    <UploadsContext value={uploads}>
      <ExplorerPage />
    </UploadsContext>
  );
  return renderApp(page, { transport: fakeAllTypes().transport, path: "/explorer?protocol=websocket" });
}

it("removes a set that cannot be read, and asks the server", async () => {
  kept.set("", new TextEncoder().encode("no descriptors"));
  open();
  expect(await screen.findByRole("alert", {}, { timeout: 20_000 })).toBeDefined();
  await userEvent.click(await screen.findByRole("button", { name: "Ask the server instead" }, { timeout: 20_000 }));
  expect(await screen.findByRole("navigation", { name: "Services and methods" }, { timeout: 20_000 })).toBeDefined();
  expect(kept.size).toBe(0);
  expect(screen.queryByRole("button", { name: "Ask the server instead" })).toBeNull();
});

it("keeps nothing that cannot be built, and says why", async () => {
  const file = [{ name: "alone.proto", dependency: ["other.proto"], service: [{ name: "S" }] }];
  const bytes = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file }));
  const { container } = open();
  await screen.findByRole("button", { name: "Upload contracts" }, { timeout: 20_000 });
  const input = container.querySelector("input[type=file]");
  await userEvent.upload(input as HTMLInputElement, new File([new Uint8Array(bytes)], "set.binpb"));
  const alert = await screen.findByRole("alert", {}, { timeout: 20_000 });
  expect(alert.textContent).toBe("set.binpb: S cannot be described: there is no other.proto");
  expect(kept.size).toBe(0);
});

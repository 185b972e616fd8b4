import type { AppView } from "../app-view.ts";
import { WirePanel } from "../pages/wire-panel.ts";

/** The views of the page streams. */
export const views: readonly AppView[] = [
  {
    name: "streams",
    path: "/streams?protocol=websocket",
    arrived: (page) => page.getByRole("region", { name: "Bidirectional streaming" }).waitFor(),
    async settled(page) {
      const panel = (kind: string) => page.getByRole("region", { name: kind, exact: true });
      const message = (kind: string, text: string) =>
        panel(kind).getByRole("log").getByRole("listitem").filter({ hasText: text }).first();
      await panel("Unary").getByRole("button", { name: "Call" }).click();
      await panel("Server streaming").getByRole("button", { name: "Start" }).click();
      await message("Server streaming", "Hello").waitFor();
      await panel("Server streaming").getByRole("button", { name: "Stop" }).click();
      await panel("Client streaming").getByRole("radio", { name: "GreetGroup" }).check();
      await panel("Client streaming").getByRole("textbox", { name: "Name" }).fill("W".repeat(60));
      await panel("Client streaming").getByRole("textbox", { name: "Name" }).press("Enter");
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).fill("1.5");
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).press("Enter");
      await message("Bidirectional streaming", "total 1.5").waitFor();
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).fill("many");
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).press("Enter");
      await message("Unary", "OK").waitFor();
    },
  },
  {
    name: "streams over a protocol that cannot carry them all",
    path: "/streams",
    async settled(page) {
      await page.getByRole("button", { name: "Switch to WebSocket" }).nth(1).waitFor();
    },
  },
  {
    name: "wire panel",
    path: "/streams",
    async settled(page) {
      const wire = new WirePanel(page);
      await wire.open();
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await wire.show("SayHello");
      await wire.framesTab.waitFor();
      await page.getByText("trailers", { exact: false }).last().waitFor();
    },
  },
];

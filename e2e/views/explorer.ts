import type { AppView } from "../app-view.ts";

/** The views of the page explorer. */
export const views: readonly AppView[] = [
  {
    name: "explorer",
    path: "/explorer",
    arrived: (page) => page.getByRole("searchbox", { name: "Find a method" }).waitFor(),
    async settled(page) {
      await page.getByText("Choose a method", { exact: true }).first().waitFor();
      await page.getByRole("searchbox", { name: "Find a method" }).waitFor();
    },
  },
  {
    name: "call in the explorer",
    path: "/explorer?method=triptych.greeter.v1.GreeterService/SayHello",
    arrived: (page) => page.getByRole("button", { name: "Copy buf curl" }).waitFor(),
    async settled(page) {
      await page.getByRole("textbox", { name: "name", exact: true }).fill("W".repeat(200));
      await page.getByRole("textbox", { name: "language", exact: true }).fill("no such tag");
      await page.getByRole("button", { name: "Add metadata" }).click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByRole("list", { name: "Error details" }).getByRole("listitem").first().waitFor();
      await page.getByRole("button", { name: "Copy buf curl" }).waitFor();
    },
  },
  {
    name: "kept calls in the explorer",
    path: "/explorer?method=triptych.greeter.v1.GreeterService/SayHello",
    async settled(page) {
      await page.getByRole("button", { name: "Fill in an example" }).click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByText("The call succeeded.").waitFor();
      await page.getByRole("tab", { name: "Calls", exact: true }).click();
      await page.getByRole("button", { name: "Save SayHello" }).first().click();
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("W".repeat(100));
      await page
        .getByRole("form", { name: "Save the call" })
        .getByRole("button", { name: "Save", exact: true })
        .click();
      await page.getByRole("button", { name: "Export saved" }).waitFor();
    },
  },
  {
    name: "form with lists and maps in the explorer",
    path: "/explorer?method=test.grpc_test/helle_test",
    async settled(page) {
      const form = page.getByRole("form", { name: "Request" });
      for (const name of ["data", "number_1", "number"])
        await form.getByRole("button", { name: `Add to ${name}`, exact: true }).click();
      await form.getByRole("textbox", { name: "age", exact: true }).first().fill("old");
      await form.getByRole("button", { name: "Send", exact: true }).click();
      await form.getByRole("alert").waitFor();
    },
  },
];

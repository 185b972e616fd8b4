import { expect, type Locator } from "@playwright/test";
import { test } from "../../fixtures.ts";

// What the system's own colours are is the system's business: here that what is chosen differs by them from what is not.
for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in forced colours, ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { forcedColors: "active", reducedMotion: "reduce" } });

    test("what is chosen, current or found can be told", async ({ books, page, shell, streams }) => {
      await books.open();
      await expectMarked(
        shell.navigation.getByRole("link", { name: "Books" }),
        shell.navigation.getByRole("link", { name: "Greeter" }),
      );
      const protocol = (label: string) =>
        page.getByRole("group", { name: "Protocol" }).getByText(label, { exact: true });
      await expectMarked(protocol("gRPC-Web"), protocol("WebSocket"));
      await expectMarked(page.getByRole("tab", { name: "Catalogue" }), page.getByRole("tab", { name: "Orders" }));
      const found = await books.find("Emma");
      await expectMarked(found.locator("mark").first(), found.getByRole("heading"));
      const cover = found.locator("[data-ornament]");
      expect(await cover.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe("1px");
      await streams.open("websocket");
      const method = (name: string) => streams.clientStreaming.region.locator("label").filter({ hasText: name });
      await expectMarked(method("Sum"), method("GreetGroup"));
    });

    test("the reduced part of a step, the focus and a method of the explorer can be told", async ({
      calculator,
      explorer,
      page,
    }) => {
      await calculator.open();
      await calculator.type("1+2*3");
      await calculator.enter();
      const step = calculator.steps.getByRole("listitem").first();
      await expectMarked(step.locator("mark"), step.locator("span").nth(1));
      const focused = calculator.expression.locator("xpath=../..");
      expect(await focused.evaluate((box) => getComputedStyle(box).outlineStyle)).toBe("solid");
      await explorer.open("grpc-web", "triptych.greeter.v1.GreeterService/SayHello");
      await expectMarked(
        explorer.methods.filter({ hasText: /^SayHello$/ }).first(),
        explorer.methods.filter({ hasText: "SayHelloAgain" }).first(),
      );
      await expectMarked(page.getByRole("tab", { name: "Form" }), page.getByRole("tab", { name: "JSON" }));
    });
  });
}

/** Expects another ground under what is marked than under what is not. */
async function expectMarked(marked: Locator, other: Locator): Promise<void> {
  await marked.waitFor();
  const ground = (element: Element) => getComputedStyle(element).backgroundColor;
  const [own, others] = [await marked.evaluate(ground), await other.evaluate(ground)];
  expect(own).not.toBe(others);
  expect(own).not.toBe("rgba(0, 0, 0, 0)");
}

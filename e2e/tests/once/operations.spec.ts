import { Code } from "@connectrpc/connect";
import { expect } from "@playwright/test";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { test } from "../../fixtures.ts";
import { withServer } from "../../server.ts";

const evaluate = "triptych.calculator.v1.CalculatorService/Evaluate";

test.describe("of a server of its own", () => {
  // What other tests did in the last minute would stand before it.
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
    server: async ({}, use) => {
      await withServer(use, { SHOW_OPERATIONS: "yes" });
    },
  });

  test("a call that the server is to blame for stands out, with its trace", async ({ page, native, server }) => {
    await page.goto("/operations");
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const call = native(CalculatorService).evaluate({ expression: "(".repeat(10_000) }, { headers: { traceparent } });
    await expect(call).rejects.toMatchObject({ code: Code.ResourceExhausted });
    await expect(page.getByRole("list", { name: "What stands out" })).toContainText("ended with ResourceExhausted");
    await expect(page.getByRole("list", { name: "Latest errors" })).toContainText("0af7651916cd43dd8448eb211c80319c");
    // It is the one to look at first, and the figure is that of the metrics.
    const row = page.getByRole("region", { name: "Calls by method and protocol" }).getByRole("row").nth(1);
    await expect(row).toContainText("CalculatorService/Evaluate");
    const labels = { method: evaluate, protocol: "grpc", code: "ResourceExhausted" };
    const count = await readMetric(server.baseUrl, "rpc_calls_total", labels);
    await expect(row.getByRole("cell").nth(3)).toHaveText(String(count));
  });
});

test.describe("of a server that is not told to show its operations", () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
    server: async ({}, use) => {
      await withServer(use);
    },
  });

  test("the page says what to set", async ({ page }) => {
    await page.goto("/operations");
    await expect(page.getByRole("region", { name: "Not shown here" })).toContainText("SHOW_OPERATIONS=yes");
  });
});

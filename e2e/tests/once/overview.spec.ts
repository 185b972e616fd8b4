import { once } from "node:events";
import { connect } from "node:http2";
import { expect } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { test } from "../../fixtures.ts";

test("what the line for curl does appears on the wall beside it", async ({ page, request }) => {
  await page.goto("/");
  const panel = page.getByRole("region", { name: "Call it from a terminal" });
  await panel.getByRole("status").getByText("live").waitFor();
  const line = await panel.getByText(/^curl -H/).innerText();
  const [, body = "", url = ""] = /-d '(.*)' (\S+)$/u.exec(line) ?? [];
  const response = await request.post(url, { headers: { "content-type": "application/json" }, data: body });
  expect(await response.json()).toMatchObject({ message: expect.stringContaining("Ada") });
  await expect(panel.getByRole("log", { name: "Latest greetings" })).toContainText("Ada");
});

test("what a gRPC client does appears there, too", async ({ page, native }) => {
  await page.goto("/");
  const panel = page.getByRole("region", { name: "Call it from a terminal" });
  await panel.getByRole("status").getByText("live").waitFor();
  await native(GreeterService).sayHello({ name: "Grace Hopper" });
  await expect(panel.getByRole("log", { name: "Latest greetings" })).toContainText("Grace Hopper");
});

test("one call is measured in each protocol that a page speaks", async ({ page }) => {
  await page.goto("/");
  const panel = page.getByRole("region", { name: "One call, byte by byte" });
  await panel.getByRole("button", { name: "Measure" }).click();
  await expect(panel.getByText("Measured just now.")).toBeVisible();
  const expected = {
    "gRPC-Web": /^00 00 00 00 07 │ 0a 05 31 2f 33 2a 33$/,
    Connect: /^0a 05 31 2f 33 2a 33$/,
    "Connect JSON": /^\{"expression":"1\/3\*3"\}$/,
    WebSocket: /^00 00 00 00 07 │ 0a 05 31 2f 33 2a 33/,
  };
  for (const [name, bytes] of Object.entries(expected)) {
    const call = panel.getByRole("region", { name, exact: true });
    await expect(call.getByRole("list", { name: "Sent, frame by frame" })).toContainText(bytes);
    await expect(call.getByText(/^\d+\.\d ms$/)).toBeVisible();
  }
});

test("beside them stand the bytes of native gRPC, which are those that such a client sends and receives", async ({
  page,
  server,
}) => {
  await page.goto("/");
  const panel = page.getByRole("region", { name: "One call, byte by byte" });
  await panel.getByRole("button", { name: "Measure" }).click();
  await expect(panel.getByText("Measured just now.")).toBeVisible();
  const call = panel.getByRole("region", { name: "gRPC", exact: true });
  const bytes = async (name: string) => {
    const text = await call.getByRole("list", { name: `${name}, frame by frame` }).innerText();
    return Buffer.from(text.replaceAll(/[^0-9a-f]/g, ""), "hex");
  };
  const received = await callNatively(server.baseUrl, await bytes("Sent"));
  expect(received.toString("hex")).toBe((await bytes("Received")).toString("hex"));
  await expect(call).toContainText(`${received.length} bytes in 1 frame`);
});

/** The body of the response to a call over gRPC, made with these bytes. */
async function callNatively(baseUrl: string, body: Buffer): Promise<Buffer> {
  const session = connect(baseUrl);
  const stream = session.request({
    ":method": "POST",
    ":path": "/triptych.calculator.v1.CalculatorService/Evaluate",
    "content-type": "application/grpc",
    te: "trailers",
  });
  const trailers = once(stream, "trailers");
  stream.end(body);
  const received = Buffer.concat(await stream.toArray());
  expect((await trailers)[0]).toMatchObject({ "grpc-status": "0" });
  session.close();
  return received;
}

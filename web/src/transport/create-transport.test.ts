import { Code, createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { expect, it, vi } from "vitest";
import { createTransport } from "./create-transport.ts";
import { protocols } from "./protocol.ts";

function calculatorOver(protocol: (typeof protocols)[number]["protocol"], fetch: typeof globalThis.fetch) {
  return createClient(CalculatorService, createTransport({ protocol, baseUrl: "http://server", fetch }));
}

it.each([
  ["grpc-web", "application/grpc-web+proto"],
  ["connect", "application/proto"],
  ["connect-json", "application/json"],
] as const)("%s posts %s to the path of the method", async (protocol, contentType) => {
  const fetch = vi.fn(async (_url: RequestInfo | URL, _init?: RequestInit) => new Response(null, { status: 503 }));
  await expect(calculatorOver(protocol, fetch).add({ a: 1n, b: 2n })).rejects.toMatchObject({ code: Code.Unavailable });
  const [url, init] = fetch.mock.calls[0] ?? [];
  expect(url).toBe("http://server/triptych.calculator.v1.CalculatorService/Add");
  expect(init?.method).toBe("POST");
  expect(new Headers(init?.headers).get("content-type")).toBe(contentType);
});

it.each(protocols)("$protocol reports a server that cannot be reached as UNAVAILABLE", async ({ protocol }) => {
  const client = calculatorOver(protocol, () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(client.evaluate({ expression: "1" })).rejects.toMatchObject({ code: Code.Unavailable });
  const steps = client.evaluateSteps({ expression: "1" })[Symbol.asyncIterator]();
  await expect(steps.next()).rejects.toMatchObject({ code: Code.Unavailable });
});

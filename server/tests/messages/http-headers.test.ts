import { gunzipSync } from "node:zlib";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";

const LIST = "/triptych.greeter.v1.GreeterService/ListLanguages";
const BOOKS = "/triptych.recommendation.v1.RecommendationService/ListBooks";
const HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const ADD = "/triptych.calculator.v1.CalculatorService/Add";
const query = (message: string, rest = "encoding=json") => `?connect=v1&${rest}&message=${encodeURIComponent(message)}`;
const json = { "content-type": "application/json" };

describe("a Connect call with GET", () => {
  const server = useServer({ ALLOWED_ORIGINS: "https://app.example.com" });

  it.each([
    ["nobody in particular", {}],
    ["a page of another origin", { origin: "https://app.example.com" }],
  ])("tells caches that its answer varies by what %s takes, and keeps it out of them", async (_who, headers) => {
    for (const encoding of ["gzip", "identity"]) {
      const answer = await sendRequest(server.baseUrl, `${BOOKS}${query("{}")}`, {
        headers: { ...headers, "accept-encoding": encoding },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers["content-encoding"]).toBe(encoding === "gzip" ? "gzip" : undefined);
      expect(answer.headers.vary?.split(", ").sort()).toEqual(["accept-encoding", "origin"]);
      expect(answer.headers["cache-control"]).toBe("no-store");
    }
  });

  it.each(["%%%", "a", "a==b"])("is refused with 400 when its message is no base64: %s", async (message) => {
    const answer = await sendRequest(server.baseUrl, `${LIST}${query(message, "encoding=proto&base64=1")}`);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ code: "invalid_argument" });
  });

  it("is refused with 405 and the methods that are allowed where the call has side effects", async () => {
    const answer = await sendRequest(server.baseUrl, `${HELLO}${query("{}")}`);
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
  });

  it("may be made where the call has none, and nothing else beside POST", async () => {
    const answer = await sendRequest(server.baseUrl, LIST, { method: "PUT", headers: json, body: "{}" });
    expect([answer.status, answer.headers.allow?.split(", ").sort()]).toEqual([405, ["GET", "POST"]]);
  });
});

describe("a Connect call with POST", () => {
  const server = useServer({ ALLOWED_ORIGINS: "https://app.example.com" });

  it("tells that a large answer varies by what its client takes, beside its origin", async () => {
    const headers = { ...json, "accept-encoding": "gzip" };
    const packed = await sendRequest(server.baseUrl, BOOKS, { method: "POST", headers, body: "{}" });
    const plain = await sendRequest(server.baseUrl, BOOKS, { method: "POST", headers: json, body: "{}" });
    expect(gunzipSync(packed.body)).toEqual(plain.body);
    for (const answer of [packed, plain]) {
      expect(answer.headers.vary?.split(", ").sort()).toEqual(["accept-encoding", "origin"]);
    }
  });

  it.each([
    'application/json ; charset="utf-8"',
    "application/json;charset=UTF-8",
    'application/json; charset="UTF-8"',
  ])("may write its content type as %s", async (contentType) => {
    const headers = { "content-type": contentType };
    const answer = await sendRequest(server.baseUrl, HELLO, { method: "POST", headers, body: '{"name":"Ada"}' });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['{"a":9007199254740993,"b":0}', "9007199254740993"],
    ['{"a":9223372036854775807,"b":0}', "9223372036854775807"],
    ['{"a":"9007199254740993.0","b":"1e0"}', "9007199254740994"],
  ])("adds the numbers that are written: %s", async (body, sum) => {
    const answer = await sendRequest(server.baseUrl, ADD, { method: "POST", headers: json, body });
    expect(Object.values(JSON.parse(answer.body.toString()))).toEqual([sum]);
    const got = await sendRequest(server.baseUrl, `${ADD}${query(body)}`);
    expect(JSON.parse(got.body.toString())).toEqual(JSON.parse(answer.body.toString()));
  });
});

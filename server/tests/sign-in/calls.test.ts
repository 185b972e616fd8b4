import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { ORIGIN, useSignIn } from "./use-sign-in.ts";

const signIn = useSignIn();

async function cookieOf(login: string): Promise<string> {
  const browser = signIn.openBrowser();
  await browser.signIn(login);
  return browser.cookieHeader;
}

describe.each(CALL_STYLES)("a call over %s", (style) => {
  const list = async (headers: Record<string, string>) => {
    const client = createClient(RecommendationService, createTransport(style, signIn.server.baseUrl));
    return client.listRatings({}, { headers }).then(
      () => 0,
      (error: unknown) => ConnectError.from(error).code,
    );
  };

  it("is that of the session of the page", async () => {
    expect(await list({ cookie: await cookieOf("alice"), origin: ORIGIN })).toBe(0);
  });

  it.each([
    ["of another origin", "https://evil.example"],
    ["of the same name without TLS", "http://books.example"],
    ["of none", "null"],
  ])("that a page %s makes is nobody's, whatever cookie comes with it", async (_, origin) => {
    const code = await list({ cookie: await cookieOf("alice"), origin });
    // Where the server knows by the origin alone that the page may not call, it does not ask who does.
    expect([Code.Unauthenticated, Code.PermissionDenied]).toContain(code);
  });

  it("without an origin is no page's, and nobody's", async () => {
    expect(await list({ cookie: await cookieOf("alice") })).toBe(Code.Unauthenticated);
  });

  it("is nobody's with a cookie that was changed", async () => {
    const cookie = (await cookieOf("alice")).replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    expect(await list({ cookie, origin: ORIGIN })).toBe(Code.Unauthenticated);
  });
});

describe("a call over a WebSocket", () => {
  const codeOf = async (upgrade: Record<string, string>, metadata: Record<string, string> = {}) => {
    const client = await openCallClient(signIn.server.baseUrl, { host: "books.example", ...upgrade });
    try {
      const call = client.call(RecommendationService.method.listRatings, metadata);
      await call.send({});
      call.end();
      return Number((await call.trailers).get("grpc-status"));
    } finally {
      client.socket.close();
    }
  };

  it("is that of the session of the page that has opened it", async () => {
    expect(await codeOf({ cookie: await cookieOf("alice"), origin: ORIGIN })).toBe(0);
  });

  it("has no session by what it says of itself", async () => {
    const claims = { cookie: await cookieOf("alice"), origin: ORIGIN };
    expect(await codeOf({}, claims)).toBe(Code.Unauthenticated);
    expect(await codeOf({ cookie: claims.cookie }, { origin: ORIGIN })).toBe(Code.Unauthenticated);
  });

  it("cannot be made by a page of another origin", async () => {
    const cookie = await cookieOf("alice");
    await expect(codeOf({ cookie, origin: "https://evil.example" })).rejects.toThrow("403");
  });
});

it("whoever signs in again is the reader that they were", async () => {
  const browser = signIn.openBrowser();
  await browser.signIn("alice");
  const { user } = JSON.parse((await browser.request("/auth/session")).body.toString());
  const again = signIn.openBrowser();
  await again.signIn("alice");
  expect(JSON.parse((await again.request("/auth/session")).body.toString()).user.readerId).toBe(user.readerId);
});

it("a token or key that a call brings counts before the session", async () => {
  const client = createClient(GreeterService, createTransport("connect over http/1.1", signIn.server.baseUrl));
  const headers = { cookie: await cookieOf("alice"), origin: ORIGIN, authorization: "Bearer nonsense" };
  await expect(client.sayHello({ name: "Ada" }, { headers })).rejects.toMatchObject({ code: Code.Unauthenticated });
});

import { describe, expect, it } from "vitest";
import { looksSecret, messageWithoutSecrets, withoutSecrets } from "./secrets.ts";

describe("metadata that looks secret", () => {
  it.each([
    ["authorization", "anything"],
    ["x-api-key", "1"],
    ["apikey", "1"],
    ["x-goog-api-key", "1"],
    ["key", "1"],
    ["x-csrf-token", "1"],
    ["x-session-id", "1"],
    ["db.password", "1"],
    ["x-note", "Bearer abc"],
    ["x-note", "eyJhbGciOi.eyJzdWIi.c2ln"],
    ["x-note", "tk_9f2c41d07ab3_c2VjcmV0"],
    ["x-note", "ghp_abcdef"],
    ["x-note", "github_pat_11ABCDEFG0_abcdef"],
    ["x-note", "ghs_16C7e42F292c6912E7710c838347Ae178B4a"],
    ["x-note", "AKIAIOSFODNN7EXAMPLE"],
    ["x-note", "aws: ASIAIOSFODNN7EXAMPLE"],
    ["x-note", "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"],
    ["x-note", "npm_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"],
    ["x-note", "pypi-AgEIcHlwaS5vcmc"],
    ["x-note", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"],
    ["x-note", "sk-proj-abc123"],
    ["x-note", "xoxb-1234-abcd"],
    ["x-note", "xapp-1-A012-34"],
    ["x-note", "glpat-abcdefghij"],
    ["x-note", "hf_abcdefghij"],
    ["x-note", "hvs.CAESIJ"],
    ["x-note", "shpat_abcdef0123"],
    ["x-note", "dckr_pat_abcdef"],
    ["x-note", "ya29.a0AfH6"],
    ["x-note", "SG.abcdefgh.ijklmnop"],
    ["x-note", "Token 9944b09199c62bcf"],
    ["x-note", "ApiKey abc"],
    ["x-note", "AWS4-HMAC-SHA256 Credential=a/b"],
    ["x-note", "id=eyJhbGciOi.eyJzdWIi.c2ln"],
    ["x-note", "postgres://me:hunter2@db.example/app"],
    ["x-note", "-----BEGIN PRIVATE KEY-----"],
    ["x-pass", "1"],
    ["sid", "1"],
    ["connect.sid", "1"],
    ["x-pwd", "1"],
    ["x-otp", "1"],
    ["aws-access-key-id", "1"],
  ])("is %s: %s", (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  it.each([
    ["accept-language", "de"],
    ["x-request-id", "7"],
    ["x-keyboard", "qwertz"],
    ["x-monkey", "1"],
    ["x-note", "basically hello"],
    ["x-note", "the token is in the mail"],
    ["x-note", "skipping"],
    ["x-note", "ask-me"],
    ["x-note", "https://example.com/a:b@c"],
    ["x-passenger", "Ada"],
    ["x-side", "left"],
    ["x-pattern", "stripes"],
    ["traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
  ])("is not %s: %s", (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
  });

  it.each(["Bearer {{token}}", "{{a}}:{{b}}", "Basic {{user}}:{{password}}"])(
    "is none where it only names variables: %s",
    (value) => {
      expect(looksSecret("authorization", value)).toBe(false);
      expect(messageWithoutSecrets({ value }).leftOut).toEqual([]);
    },
  );

  it("is still one beside a variable", () => {
    expect(looksSecret("authorization", "Bearer {{a}}b")).toBe(true);
    expect(looksSecret("x-token", "{{a}} secret")).toBe(true);
  });

  it("is named once, and everything else is kept", () => {
    const metadata = [
      ["a", "1"],
      ["x-token", "1"],
      ["x-token", "2"],
    ] as const;
    expect(withoutSecrets(metadata)).toEqual({ kept: [["a", "1"]], leftOut: ["x-token"] });
  });
});

describe("a message that holds secrets", () => {
  it("is kept without them, with their paths told", () => {
    const message = {
      name: "Ada",
      page_token: "3",
      notes: ["hi", "ghs_16C7e42F292c"],
      inner: { v: "AKIAIOSFODNN7EXAMPLE" },
    };
    expect(messageWithoutSecrets(message)).toEqual({
      kept: { name: "Ada", page_token: "3", notes: ["hi", ""], inner: { v: "" } },
      leftOut: ["notes[1]", "inner.v"],
    });
  });

  it("is the same message where it holds none", () => {
    const message = { a: 1, b: null, c: [true, "x"] };
    expect(messageWithoutSecrets(message)).toEqual({ kept: message, leftOut: [] });
  });
});

import { describe, expect, it } from "vitest";
import { looksSecret, withoutSecrets } from "./secrets.ts";

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
    ["x-note", "ghp_abcdef"],
  ])("is %s: %s", (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  it.each([
    ["accept-language", "de"],
    ["x-request-id", "7"],
    ["x-keyboard", "qwertz"],
    ["x-monkey", "1"],
    ["x-note", "basically hello"],
  ])("is not %s: %s", (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
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

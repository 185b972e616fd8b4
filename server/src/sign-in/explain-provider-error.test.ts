import { expect, it } from "vitest";
import { explainProviderError } from "./explain-provider-error.ts";

it("says what went wrong, and nothing of the answer that it is about", () => {
  const unreachable = new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") });
  expect(explainProviderError(unreachable)).toBe("fetch failed (connect ECONNREFUSED 127.0.0.1:1)");
  const unexpected = new Error('unexpected "nonce"', { cause: { body: { access_token: "secret" } } });
  expect(explainProviderError(unexpected)).toBe('unexpected "nonce"');
});

it("quotes nothing of an answer that is no JSON", () => {
  const cause = new SyntaxError('"access_token=secret" is not valid JSON');
  expect(explainProviderError(new Error("no JSON", { cause }))).toBe("no JSON");
});

import { expect, it } from "vitest";
import { seal, unseal } from "./seal.ts";

it("is undone by the same secret", () => {
  expect(unseal("refresh token", seal("refresh token", "a token", "secret"), "secret")).toBe("a token");
});

it("is another each time", () => {
  expect(seal("refresh token", "a token", "secret")).not.toBe(seal("refresh token", "a token", "secret"));
});

it("is not undone by another secret, nor when it was changed", () => {
  const sealed = seal("refresh token", "a token", "secret");
  expect(() => unseal("refresh token", sealed, "another")).toThrow();
  expect(() => unseal("sign-in", sealed, "secret")).toThrow();
  expect(() => unseal("refresh token", sealed.replace(/^../, "AA"), "secret")).toThrow();
});

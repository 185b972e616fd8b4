import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { toNetworkError } from "./network-errors.ts";

describe("toNetworkError", () => {
  it.each([
    ["a failed fetch", new TypeError("Failed to fetch")],
    ["a failed fetch that Connect has wrapped", ConnectError.from(new TypeError("network error"))],
    ["a body that stops early", "missing trailer"],
    ["a body that stops early, wrapped", ConnectError.from("missing EndStreamResponse")],
  ])("gives %s the status UNAVAILABLE", (_name, reason) => {
    expect(toNetworkError(reason)).toMatchObject({ code: Code.Unavailable });
  });

  it.each([
    ["a status from the server", new ConnectError("no such book", Code.NotFound)],
    ["UNKNOWN from the server", new ConnectError("odd", Code.Unknown)],
    ["a cancelled call", new DOMException("aborted", "AbortError")],
    ["a broken protocol", "extra message"],
  ])("passes %s unchanged", (_name, reason) => {
    expect(toNetworkError(reason)).toBe(reason);
  });
});

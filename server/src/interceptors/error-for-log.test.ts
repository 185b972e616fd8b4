import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { errorForLog } from "./error-for-log.ts";

it("says what an error is, where it came from and why", () => {
  const cause = Object.assign(new Error("no room"), { code: "ENOSPC" });
  expect(errorForLog(new TypeError("broken", { cause }))).toMatchObject({
    type: "TypeError",
    message: "broken",
    stack: expect.stringContaining("error-for-log.test.ts"),
    cause: { type: "Error", message: "no room", code: "ENOSPC" },
  });
});

it("leaves out the metadata and whatever else an error carries", () => {
  const error = new ConnectError("broken", Code.Internal, { authorization: "secret" });
  const logged = JSON.stringify(errorForLog(Object.assign(error, { row: "secret" })));
  expect(logged).toContain('"code":"Internal"');
  expect(logged).not.toContain("secret");
});

it("ends where errors cause each other", () => {
  const error: Error & { cause?: unknown } = new Error("round");
  error.cause = error;
  expect(JSON.stringify(errorForLog(error)).match(/"message":"round"/g)).toHaveLength(6);
});

it("takes what is thrown and no error", () => {
  expect(errorForLog("a text")).toEqual({ type: "string", message: "a text", stack: undefined });
});

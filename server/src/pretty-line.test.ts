import { expect, it } from "vitest";
import { prettyLine } from "./pretty-line.ts";

const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

it("writes time of day, level, message and fields", () => {
  const line = JSON.stringify({ level: 30, time, pid: 1, hostname: "a", method: "a.B/C", ms: 1.2, msg: "call" });
  expect(prettyLine(`${line}\n`)).toBe("03:04:05.678 INFO  call method=a.B/C ms=1.2\n");
});

it("writes the stack of an error, and of its cause, below the line", () => {
  const err = { type: "Error", message: "no", stack: "Error: no\n    at here", cause: { stack: "Error: why" } };
  const line = JSON.stringify({ level: 50, time, err, msg: "call failed" });
  expect(prettyLine(line)).toBe(
    "03:04:05.678 ERROR call failed\n    Error: no\n        at here\n    caused by:\n    Error: why\n",
  );
});

it("leaves what is no JSON as it is", () => {
  expect(prettyLine("something else\n")).toBe("something else\n");
});

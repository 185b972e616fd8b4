import type { RecordedFrame } from "@triptych/rpc-web";
import { expect, it } from "vitest";
import { frameText } from "./frame-text.ts";

const frame = (given: Partial<RecordedFrame>, text = ""): RecordedFrame => {
  const payload = new TextEncoder().encode(text);
  return {
    number: 1,
    numberOfKind: 1,
    direction: "sent",
    at: 0,
    flag: undefined,
    meaning: "message",
    codec: "proto",
    length: payload.length,
    payload,
    incomplete: false,
    ...given,
  };
};

it("writes a message byte by byte, and JSON as it is", () => {
  expect(frameText(frame({}, "\n\u00011"))).toBe("0a 01 31");
  expect(frameText(frame({}))).toBe("(no bytes: the end of the messages)");
  expect(frameText(frame({ codec: "json" }, '{"a":1}'))).toBe('{"a":1}');
});

it("has the five bytes of an envelope before what is in it", () => {
  expect(frameText(frame({ flag: 0 }, "\n\u00011"))).toBe("00 00 00 00 03 │ 0a 01 31");
  expect(frameText(frame({ flag: 0x80, meaning: "trailers" }, "grpc-status: 0\r\n"))).toBe(
    "80 00 00 00 10 │ grpc-status: 0",
  );
});

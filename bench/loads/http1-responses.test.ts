import { describe, expect, it } from "vitest";
import { createResponseReader } from "./http1-responses.ts";

const known = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
const chunked = "HTTP/1.1 503 Sorry\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\na\r\n0123456789\r\n0\r\n\r\n";
const both = [
  { status: 200, bytes: 5 },
  { status: 503, bytes: 13 },
];

function read(chunks: readonly string[]): unknown[] {
  const answers: unknown[] = [];
  const take = createResponseReader((status, bytes) => answers.push({ status, bytes }));
  for (const chunk of chunks) take(Buffer.from(chunk));
  return answers;
}

describe("answers of HTTP/1.1", () => {
  it("are told when they come in one piece", () => {
    expect(read([known + chunked])).toEqual(both);
  });

  it("are told when they come byte by byte", () => {
    expect(read([...(known + chunked)])).toEqual(both);
  });

  it("are not told before they are whole", () => {
    expect(read([known.slice(0, -1)])).toEqual([]);
    expect(read([chunked.slice(0, -1)])).toEqual([]);
  });
});

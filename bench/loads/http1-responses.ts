const HEAD_END = "\r\n\r\n";
const LINE_END = "\r\n";

/** The body of a response, and where what comes after it starts. */
interface Body {
  readonly bytes: number;
  readonly end: number;
}

/**
 * Takes what arrives on a connection of HTTP/1.1, however it is cut, and calls back with each response once it is whole: its status and the
 * size of its body. Understands bodies of a known length and chunked ones.
 */
export function createResponseReader(onResponse: (status: number, bytes: number) => void): (chunk: Buffer) => void {
  let rest: Buffer | undefined;
  return (chunk) => {
    let buffer = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const headEnd = buffer.indexOf(HEAD_END);
      const head = headEnd < 0 ? "" : buffer.toString("latin1", 0, headEnd);
      const body = headEnd < 0 ? undefined : readBody(buffer, headEnd + HEAD_END.length, head);
      if (body === undefined) break;
      onResponse(Number(head.slice(9, 12)), body.bytes);
      buffer = buffer.subarray(body.end);
    }
    rest = buffer.length > 0 ? buffer : undefined;
  };
}

/** The body that starts at an offset; undefined while it is not whole. */
function readBody(buffer: Buffer, start: number, head: string): Body | undefined {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) return readChunks(buffer, start);
  const end = start + Number(length);
  return end <= buffer.length ? { bytes: Number(length), end } : undefined;
}

function readChunks(buffer: Buffer, start: number): Body | undefined {
  let at = start;
  let bytes = 0;
  for (;;) {
    const lineEnd = buffer.indexOf(LINE_END, at);
    if (lineEnd < 0) return undefined;
    const length = Number.parseInt(buffer.toString("latin1", at, lineEnd), 16);
    const end = lineEnd + LINE_END.length + length + LINE_END.length;
    if (end > buffer.length) return undefined;
    if (length === 0) return { bytes, end };
    bytes += length;
    at = end;
  }
}

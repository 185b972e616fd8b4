import type { Attack } from "../attack.ts";
import { throwBytes } from "../throw-bytes.ts";

const PATHS = ["/", "/books", "/favicon.svg", "/color-scheme.js", "/greeter", "/gone.js"] as const;
const RANGES = [
  "bytes=5-2",
  "bytes=0-0",
  "bytes=-5",
  "bytes=-0",
  "bytes=0-",
  "bytes=0-99999999999999999999",
  "bytes=99999999999999999999-",
  "bytes=9007199254740993-",
  "bytes=0-1,3-4,0-",
  "bytes=",
  "bytes=-",
  "bytes=a-b",
  "items=0-5",
  "bytes=1-2-3",
  "bytes = 0 - 1",
] as const;

/** Parts of files, also parts that no file has. */
export const byteRanges: Attack = {
  name: "byte ranges",
  strike({ port, random }) {
    const requests = Array.from({ length: random.integer(1, 4) }, () => {
      const range = random.chance(0.3)
        ? `bytes=${random.integer(0, 2_000)}-${random.integer(0, 2_000)}`
        : random.pick(RANGES);
      const method = random.chance(0.8) ? "GET" : "HEAD";
      return Buffer.from(`${method} ${random.pick(PATHS)} HTTP/1.1\r\nhost: localhost\r\nrange: ${range}\r\n\r\n`);
    });
    return throwBytes(port, random, requests);
  },
};

import { PREFACE } from "../../http2/http2-frames.ts";
import type { Attack } from "../attack.ts";
import { cutApart, throwBytes } from "../throw-bytes.ts";

const BEGINNINGS = [
  Buffer.alloc(0),
  PREFACE,
  Buffer.from("POST / HTTP/1.1\r\nhost: localhost\r\n"),
  Buffer.from("GET /"),
] as const;

/** Bytes that mean nothing, alone or after a good beginning. */
export const randomBytes: Attack = {
  name: "random bytes",
  strike({ port, random }) {
    const bytes = Buffer.concat([random.pick(BEGINNINGS), random.bytes(random.integer(0, 3_000))]);
    return throwBytes(port, random, cutApart(random, bytes));
  },
};

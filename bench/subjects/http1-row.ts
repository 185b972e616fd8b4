import type { Call } from "../call.ts";
import type { Row } from "../row.ts";
import { bare, connectNodeHttp1, rawHttp1 } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import { underHttp1Load } from "./under-load.ts";

/** One protocol over HTTP/1.1: its two calls, and which of Node's fixed answers they are compared with. */
export interface Http1Calls extends Pick<Row, "name" | "title"> {
  readonly hello: Call;
  readonly add: Call;
  readonly raw: Parameters<typeof rawHttp1>[0];
}

const concurrency = { connections: 32, callsEach: 1 };

/** The row of a protocol over HTTP/1.1. */
export function http1Row({ name, title, hello, add, raw }: Http1Calls): Row {
  return {
    name,
    title,
    unit: "calls/s",
    subjects: [
      underHttp1Load(bare, { call: hello, concurrency }),
      underHttp1Load(app, { name: "app Add", call: add, concurrency }),
      underHttp1Load(app, { name: "app SayHello", call: hello, concurrency }),
      underHttp1Load(rawHttp1(raw), { call: hello, concurrency }),
      underHttp1Load(connectNodeHttp1, { call: hello, concurrency }),
    ],
    targets: [
      { of: "bare", per: "raw node:http", bound: "≥", value: 0.85 },
      { of: "app Add", per: "raw node:http", bound: "≥", value: 0.65 },
      { of: "app SayHello", per: "raw node:http", bound: "≥", value: 0.45 },
    ],
  };
}

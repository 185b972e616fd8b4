import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { postSpans } from "./post-spans.ts";

it("lets go of a receiver that does not answer when it is aborted", async () => {
  const receiver = createServer();
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  // Of a server that listens on a port.
  const { port } = receiver.address() as AddressInfo;
  const leaving = new AbortController();
  const sent = postSpans(`http://127.0.0.1:${port}/v1/traces`, {})("{}", leaving.signal);
  await once(receiver, "request");
  leaving.abort();
  await expect(sent).rejects.toThrow("aborted");
  receiver.close();
  await once(receiver, "close");
});

import { createRegistry } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { createMethodRegistry, createRecorderStore, type HeaderEntry } from "@triptych/rpc-web";
import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { callEntry, LEFT_OUT, urlWithoutSecrets } from "./call-entry.ts";
import { toHar } from "./har.ts";

const types = createRegistry();

function recorded(contentType: string, sent: Uint8Array, received: Uint8Array, more: readonly HeaderEntry[] = []) {
  const store = createRecorderStore({ environment: createFakeEnvironment(), methods: createMethodRegistry([]) });
  const headers = [["content-type", contentType], ...more] as const;
  const call = store.callStarted({ via: "fetch", httpMethod: "POST", url: "http://server/p.S/M?v=1", headers });
  call?.sent(sent);
  call?.sentEnd();
  call?.responseStarted(200, [["content-type", contentType]]);
  call?.received(received);
  call?.ended({ kind: "complete" });
  store.setPaused(false);
  return store.getState().calls;
}

const text = (value: string) => new TextEncoder().encode(value);

it("has JSON as text, both ways, and the query", async () => {
  const { log } = await toHar(recorded("application/json", text('{"a":1}'), text('{"b":2}')), types);
  const [entry] = log.entries;
  expect(log.version).toBe("1.2");
  expect(entry?.request).toMatchObject({
    method: "POST",
    url: "http://server/p.S/M?v=1",
    queryString: [{ name: "v", value: "1" }],
    postData: { mimeType: "application/json", text: '{"a":1}' },
  });
  expect(entry?.response).toMatchObject({ status: 200, content: { text: '{"b":2}', size: 7 } });
  expect(entry?._call.frames).toMatchObject([
    { direction: "sent", message: { a: 1 } },
    { direction: "received", message: { b: 2 } },
  ]);
});

it("has anything else in base64, byte for byte", async () => {
  const bytes = Uint8Array.of(0, 0, 0, 0, 2, 8, 1);
  const { log } = await toHar(recorded("application/grpc-web+proto", bytes, bytes), types);
  const [entry] = log.entries;
  expect(entry?.request.postData).toMatchObject({ _encoding: "base64" });
  expect(base64Decode(entry?.request.postData.text ?? "")).toEqual(bytes);
  expect(entry?.response.content).toMatchObject({ encoding: "base64" });
  expect(base64Decode(entry?.response.content.text ?? "")).toEqual(bytes);
});

it("has no header that looks secret, in either format", async () => {
  const calls = recorded("application/json", text("{}"), text("{}"), [["authorization", "Bearer hunter2"]]);
  expect(JSON.stringify(await toHar(calls, types))).not.toContain("hunter2");
  const [call] = calls;
  expect(call && (await callEntry(call, types)).requestHeaders).toContainEqual(["authorization", LEFT_OUT]);
});

it("says of a frame that is not known why", async () => {
  const [call] = recorded("application/proto", Uint8Array.of(8, 1), new Uint8Array());
  expect(call && (await callEntry(call, types)).frames[0]?.notDecoded).toBe(
    "this page does not know the method's messages",
  );
});

it("has no secret of a trailer, of the end of a stream, of a message or of the query", async () => {
  const secret = "Bearer hunter2";
  const trailers = `grpc-status: 0\r\nx-session-token: hunter2\r\n`;
  const trailersFrame = Uint8Array.of(0x80, 0, 0, 0, trailers.length, ...text(trailers));
  const end = JSON.stringify({ metadata: { "x-session-token": ["hunter2"] } });
  const endFrame = Uint8Array.of(2, 0, 0, 0, end.length, ...text(end));
  const calls = [
    ...recorded("application/grpc-web+proto", Uint8Array.of(0, 0, 0, 0, 0), trailersFrame),
    ...recorded("application/connect+json", Uint8Array.of(0, 0, 0, 0, 2, ...text("{}")), endFrame),
    ...recorded("application/json", text(JSON.stringify({ note: secret })), text("{}")),
  ];
  const saved = JSON.stringify(await toHar(calls, types));
  expect(saved).not.toContain("hunter2");
  expect(saved).not.toContain(base64Encode(trailersFrame).slice(24, 40));
  expect(saved).toContain("Left out: it holds what looks secret.");
  expect(urlWithoutSecrets("http://server/p.S/M?token=hunter2&v=1")).not.toContain("hunter2");
  expect(urlWithoutSecrets("http://server/p.S/M?v=1")).toBe("http://server/p.S/M?v=1");
});

it("has no times below 0 but for what may be unknown, also of a call that is open", async () => {
  const store = createRecorderStore({ environment: createFakeEnvironment(), methods: createMethodRegistry([]) });
  store.callStarted({ via: "fetch", httpMethod: "POST", url: "http://server/p.S/M", headers: [] });
  store.setPaused(false);
  const [entry] = (await toHar(store.getState().calls, types)).log.entries;
  expect(entry).toMatchObject({ time: 0, timings: { blocked: -1, send: 0, wait: 0, receive: 0 } });
});

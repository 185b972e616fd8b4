import { createMethodRegistry, createRecorderStore } from "@triptych/rpc-web";
import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { curlCommand } from "./curl-command.ts";

function commandFor(contentType: string, body: Uint8Array, payloadBytes = 1_000): string | undefined {
  const limits = { calls: 1, framesPerCall: 10, payloadBytes, callBytes: 50_000, totalBytes: 100_000 };
  const store = createRecorderStore({
    environment: createFakeEnvironment(),
    methods: createMethodRegistry([]),
    limits,
  });
  const headers = [
    ["content-type", contentType],
    ["x-name", "it's"],
  ] as const;
  const call = store.callStarted({ via: "fetch", httpMethod: "POST", url: "http://server/p.S/M", headers });
  call?.sent(body);
  call?.sentEnd();
  store.setPaused(false);
  const [shown] = store.getState().calls;
  return shown && curlCommand(shown);
}

it("sends JSON as text, quoted for a shell", () => {
  expect(commandFor("application/json", new TextEncoder().encode('{"name":"O\'Hara"}'))).toBe(
    `curl -s -H 'content-type: application/json' -H 'x-name: it'\\''s' --data-binary '{"name":"O'\\''Hara"}' 'http://server/p.S/M'`,
  );
});

it("sends anything else byte for byte, envelopes included", () => {
  expect(commandFor("application/grpc-web+proto", Uint8Array.of(0, 0, 0, 0, 2, 8, 1))).toBe(
    "echo AAAAAAIIAQ== | base64 -d | curl -sN -H 'content-type: application/grpc-web+proto' -H 'x-name: it'\\''s' --data-binary @- --output - 'http://server/p.S/M' | xxd",
  );
});

it("gives none when the request is not kept whole", () => {
  expect(commandFor("application/proto", new Uint8Array(20), 10)).toBeUndefined();
  expect(commandFor("application/grpc-web+proto", Uint8Array.of(0, 0, 0))).toBeUndefined();
});

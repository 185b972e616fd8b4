import { createMethodRegistry, createRecorderStore, defaultRecorderLimits } from "@triptych/rpc-web";
import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { pairedMessages } from "./paired-messages.ts";

/** The messages kept of a stream that has received so many, of which the first and the last eighteen are kept. */
function keptOf(count: number) {
  const store = createRecorderStore({
    environment: createFakeEnvironment(),
    methods: createMethodRegistry([]),
    limits: { ...defaultRecorderLimits, framesPerCall: 20 },
  });
  const headers = [["content-type", "application/connect+proto"]] as const;
  const call = store.callStarted({ via: "fetch", httpMethod: "POST", url: "/p.S/M", headers });
  call?.sent(new Uint8Array(5));
  call?.responseStarted(200, headers);
  // One is sent and those after it are received, each of one byte.
  for (let sent = 0; sent < count; sent += 1) call?.received(Uint8Array.of(0, 0, 0, 0, 1, sent));
  const frames = store.getState().calls[0]?.frames ?? [];
  return frames.filter(({ direction }) => direction === "received").map((frame) => ({ frame, decoded: undefined }));
}

const numbersOf = (first: number, second: number) =>
  pairedMessages(keptOf(first), keptOf(second)).map(({ number, first, second, notKept }) => [
    number,
    first?.frame.payload[0],
    second?.frame.payload[0],
    notKept,
  ]);

it("pairs messages by their numbers, also where others before them are not kept", () => {
  const both = Array.from({ length: 16 }, (_, at) => [at + 7, at + 6, at + 6, undefined]);
  expect(numbersOf(24, 22)).toEqual([
    [1, 0, 0, undefined],
    [5, undefined, 4, "first"],
    [6, undefined, 5, "first"],
    ...both,
    [23, 22, undefined, undefined],
    [24, 23, undefined, undefined],
  ]);
});

it("knows a message that a call has not had from one that is not kept", () => {
  expect(numbersOf(1, 3)).toEqual([
    [1, 0, 0, undefined],
    [2, undefined, 1, undefined],
    [3, undefined, 2, undefined],
  ]);
});

import { expect, it } from "vitest";
import { RecordedSpan } from "./recorded-span.ts";

it("keeps a bounded number of the spans within a span, and counts the others", () => {
  const kept: string[] = [];
  const sink = {
    started: () => undefined,
    changed: () => undefined,
    ended: ({ name }: RecordedSpan) => void kept.push(name),
  };
  const call = new RecordedSpan(sink, {
    ...{ name: "call", kind: "server", traceId: "0af7651916cd43dd8448eb211c80319c", parentSpanId: undefined },
    ...{ startedAt: 0, attributes: {} },
  });
  for (let count = 0; count < 130; count++) {
    const write = call.child("write");
    write.child("step").end();
    write.end();
  }
  call.end();
  expect(kept).toHaveLength(128 * 2 + 1);
  expect(call.attributes).toEqual({ "triptych.spans.dropped": 2 });
});

import { expect, it } from "vitest";
import { FlowMeter } from "./flow-meter.ts";

const send = (meter: FlowMeter, at: number, takenAt = at) => {
  meter.offered(at);
  meter.sent(takenAt);
};

it("tells the rates of both directions since the sample before", () => {
  const meter = new FlowMeter(1_000);
  for (let sent = 0; sent < 10; sent++) send(meter, 1_100);
  meter.received(1_150);
  expect(meter.sample(1_500)).toMatchObject({ at: 0.5, sentRate: 20, receivedRate: 2, inFlight: 9 });
  meter.received(1_900);
  expect(meter.sample(2_000)).toMatchObject({ at: 1, sentRate: 0, receivedRate: 2, inFlight: 8 });
  expect(meter.sample(3_000)).toMatchObject({ at: 2, sentRate: 0, receivedRate: 0, inFlight: 8 });
});

it("tells how long the latest answer took, or how long there has been none", () => {
  const meter = new FlowMeter(0);
  expect(meter.sample(100).latency).toBeUndefined();
  send(meter, 100);
  send(meter, 110);
  meter.received(150);
  expect(meter.sample(500).latency).toBe(50);
  expect(meter.sample(1_000).latency).toBe(890);
});

it("tells the longest that a message waited until it was taken, or waits still", () => {
  const meter = new FlowMeter(0);
  expect(meter.sample(100).sendLatency).toBeUndefined();
  send(meter, 100, 130);
  send(meter, 130, 131);
  expect(meter.sample(500).sendLatency).toBe(30);
  meter.offered(600);
  expect(meter.sample(1_000).sendLatency).toBe(400);
  expect(meter.sample(1_500).sendLatency).toBe(900);
});

it("matches answers with messages in order, however many there were", () => {
  const meter = new FlowMeter(0);
  for (let at = 0; at < 5_000; at++) {
    send(meter, at);
    if (at >= 100) meter.received(at);
  }
  expect(meter.sample(5_000)).toMatchObject({ inFlight: 100, latency: 100 });
});

import { expect, it } from "vitest";
import { FlowMeter } from "./flow-meter.ts";

it("tells the rates of both directions since the sample before", () => {
  const meter = new FlowMeter(1_000);
  for (let sent = 0; sent < 10; sent++) meter.sent(1_100);
  meter.received(1_150);
  expect(meter.sample(1_500)).toEqual({ at: 0.5, sentRate: 20, receivedRate: 2, inFlight: 9, latency: 50 });
  meter.received(1_900);
  expect(meter.sample(2_000)).toEqual({ at: 1, sentRate: 0, receivedRate: 2, inFlight: 8, latency: 800 });
  expect(meter.sample(3_000)).toEqual({ at: 2, sentRate: 0, receivedRate: 0, inFlight: 8, latency: undefined });
});

it("matches answers with messages in order, however many there were", () => {
  const meter = new FlowMeter(0);
  for (let at = 0; at < 5_000; at++) {
    meter.sent(at);
    if (at >= 100) meter.received(at);
  }
  expect(meter.sample(5_000)).toMatchObject({ inFlight: 100, latency: 100 });
});

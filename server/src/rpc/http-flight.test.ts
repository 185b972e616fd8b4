import type { ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import { expect, it, vi } from "vitest";
import { HttpFlight } from "./http-flight.ts";

/** A stream as far as a flight looks at it, and how it was closed. */
function streamWith(state: { writableEnded: boolean; writableFinished: boolean; writableLength: number }) {
  const close = vi.fn();
  return { close, answer: { rstCode: 0, close, ...state } as unknown as ServerHttp2Stream };
}

function lookFor(seconds: number, flight: HttpFlight): void {
  for (let second = 0; second < seconds; second++) flight.look();
}

it("cuts an answer of which its client takes nothing", () => {
  const { close, answer } = streamWith({ writableEnded: true, writableFinished: false, writableLength: 100 });
  const flight = new HttpFlight(answer, 30_000);
  lookFor(30, flight);
  expect(close).not.toHaveBeenCalled();
  lookFor(1, flight);
  expect(close).toHaveBeenCalledWith(constants.NGHTTP2_CANCEL);
});

it("gives a large answer the time that a slow client needs", () => {
  const { close, answer } = streamWith({ writableEnded: true, writableFinished: false, writableLength: 102_400 });
  const flight = new HttpFlight(answer, 30_000);
  lookFor(130, flight);
  expect(close).not.toHaveBeenCalled();
  lookFor(1, flight);
  expect(close).toHaveBeenCalledOnce();
});

it("ends a request that goes on after its answer", () => {
  const { close, answer } = streamWith({ writableEnded: true, writableFinished: true, writableLength: 0 });
  const flight = new HttpFlight(answer, 30_000);
  lookFor(11, flight);
  expect(close).toHaveBeenCalledWith(constants.NGHTTP2_NO_ERROR);
});

it("cuts the connection of an answer over HTTP/1.1", () => {
  const destroy = vi.fn();
  const state = { writableEnded: true, writableFinished: false, writableLength: 0 };
  const flight = new HttpFlight({ destroy, ...state } as unknown as ServerResponse, 30_000);
  lookFor(31, flight);
  expect(destroy).toHaveBeenCalledOnce();
});

it("lets a stream be quiet whose answer has not ended", () => {
  const { close, answer } = streamWith({ writableEnded: false, writableFinished: false, writableLength: 0 });
  lookFor(100_000, new HttpFlight(answer, 30_000));
  expect(close).not.toHaveBeenCalled();
});

it("tells once that nothing comes of a request, counted from what came last", () => {
  const { answer } = streamWith({ writableEnded: false, writableFinished: false, writableLength: 0 });
  const onSilence = vi.fn();
  const flight = new (class extends HttpFlight {
    protected override isReading = true;
    protected override silenced(): void {
      this.isReading = false;
      onSilence();
    }
  })(answer, 3_000);
  lookFor(3, flight);
  flight.heard();
  lookFor(3, flight);
  expect(onSilence).not.toHaveBeenCalled();
  lookFor(5, flight);
  expect(onSilence).toHaveBeenCalledOnce();
});

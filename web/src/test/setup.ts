import { cleanup, configure } from "@testing-library/react";
import { settled, takeWaiting } from "@triptych/testkit/page/fake-environment.ts";
import { listenersOfPage } from "@triptych/testkit/page/listeners-of-page.ts";
import { afterEach, beforeEach, expect } from "vitest";

// What a test waits for comes by an event; on a busy machine that takes longer than the second that is usual.
configure({ asyncUtilTimeout: 10_000 });

let before: Readonly<Record<string, number>> = {};

beforeEach(() => {
  before = listenersOfPage();
});

afterEach(async () => {
  cleanup();
  // What was left hears of it, and lets go.
  await settled();
  expect(takeWaiting()).toEqual([]);
  expect(listenersOfPage()).toEqual(before);
});

import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { type CallRecording, createMethodRegistry, createRecorderStore, type HeaderEntry } from "@triptych/rpc-web";
import { beforeAll, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { createFakeEnvironment } from "../test/fake-environment.ts";
import { renderApp } from "../test/render-app.tsx";
import { RecorderContext } from "../transport/recorder-context.ts";
import { createRecorderSwitch, type RecorderSwitch } from "../transport/recorder-switch.ts";
import { RecorderControl } from "./recorder-control.tsx";

const text = (value: string) => new TextEncoder().encode(value);

// Loading it takes longer than a test waits. What opens it is awaited inside `act`, since the panel suspends.
beforeAll(() => import("./recorder-dock.tsx"));

beforeEach(() => window.sessionStorage.clear());

async function setUp({ open = true } = {}) {
  const environment = createFakeEnvironment();
  const store = createRecorderStore({ environment, methods: createMethodRegistry([CalculatorService]) });
  const devtools = createRecorderSwitch(window.sessionStorage, async () => store);
  renderControl(devtools, environment);
  if (open) await openPanel();
  const change = async (run: () => void) => {
    run();
    await act(async () => environment.paint());
  };
  const begin = (method: string, contentType: string): CallRecording => {
    const headers: readonly HeaderEntry[] = [["content-type", contentType]];
    const url = `http://server/triptych.calculator.v1.CalculatorService/${method}`;
    const call = store.callStarted({ via: "fetch", httpMethod: "POST", url, headers });
    if (call === undefined) throw new Error("the call is not recorded");
    return call;
  };
  const evaluate = (expression: string) => {
    const call = begin("Evaluate", "application/json");
    call.sent(text(JSON.stringify({ expression })));
    call.sentEnd();
    call.responseStarted(200, [["content-type", "application/json"]]);
    call.received(text('{"value":"4"}'));
    call.ended({ kind: "complete" });
  };
  const openSteps = () => {
    const call = begin("EvaluateSteps", "application/connect+json");
    call.responseStarted(200, [["content-type", "application/connect+json"]]);
    return call;
  };
  const step = (call: CallRecording, value: string) => {
    const payload = text(JSON.stringify({ value }));
    call.received(Uint8Array.of(0, 0, 0, 0, payload.length, ...payload));
  };
  return { devtools, store, environment, change, evaluate, openSteps, step };
}

function renderControl(devtools: RecorderSwitch, environment = createFakeEnvironment()): void {
  renderApp(
    <RecorderContext value={devtools}>
      <RecorderControl />
    </RecorderContext>,
    { environment },
  );
}

/** The calls that are listed. */
const rows = () => screen.getAllByRole("row").slice(1);

async function pressCompare(): Promise<void> {
  screen.getByRole("button", { name: "Compare" }).focus();
  await userEvent.keyboard("{Enter}");
}

/** Has the window be so wide, in pixels; returns how to undo that. */
function setWidth(width: number): () => void {
  const { happyDOM } = window as unknown as { happyDOM: { setViewport(size: { width: number }): void } };
  const before = window.innerWidth;
  happyDOM.setViewport({ width });
  return () => happyDOM.setViewport({ width: before });
}

async function openPanel(): Promise<void> {
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Wire" })));
  await screen.findByRole("region", { name: "Wire" });
}

it("is closed at first", async () => {
  await setUp({ open: false });
  expect(screen.getByRole("button", { name: "Wire" }).getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("region", { name: "Wire" })).toBeNull();
});

it("is nothing without a switch", () => {
  renderApp(<RecorderControl />);
  expect(screen.queryByRole("button", { name: "Wire" })).toBeNull();
});

it("says that it did not open where the store cannot be loaded, and tries again when it is opened again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const store = createRecorderStore({ environment: createFakeEnvironment(), methods: createMethodRegistry([]) });
  const load = vi.fn(async () => store);
  load.mockRejectedValueOnce(new Error("gone")).mockRejectedValueOnce(new Error("gone again"));
  const devtools = createRecorderSwitch(window.sessionStorage, load);
  renderApp(
    <RecorderContext value={devtools}>
      <RecorderControl />
    </RecorderContext>,
  );
  await devtools.recorder();
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Wire" })));
  const alert = await screen.findByRole("alert");
  expect(load).toHaveBeenCalledTimes(2);
  fireEvent.click(within(alert).getByRole("button", { name: "Close" }));
  await openPanel();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(load).toHaveBeenCalledTimes(3);
});

it("opens and closes by its button, its keys and Escape, and remembers that", async () => {
  const { devtools } = await setUp();
  expect(screen.getByRole("button", { name: "Wire" }).getAttribute("aria-expanded")).toBe("true");
  expect(createRecorderSwitch(window.sessionStorage, () => devtools.store()).isOpen()).toBe(true);
  await userEvent.keyboard("{Alt>}{Shift>}[KeyW]{/Shift}{/Alt}");
  expect(screen.queryByRole("region", { name: "Wire" })).toBeNull();
  await act(async () => fireEvent.keyDown(document.body, { code: "KeyW", altKey: true, shiftKey: true }));
  await screen.findByRole("region", { name: "Wire" });
  await userEvent.click(screen.getByRole("searchbox", { name: "Filter calls" }));
  await userEvent.keyboard("{Escape}");
  expect(devtools.isOpen()).toBe(false);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Wire" }));
});

it("takes the focus as a person opens it, and not where it is open from the start", async () => {
  // Like a tap in Safari, this click focuses no button.
  const { devtools } = await setUp();
  const panel = screen.getByRole("region", { name: "Wire" });
  expect(document.activeElement).toBe(panel);
  cleanup();
  await act(async () => void renderControl(devtools));
  await screen.findByRole("region", { name: "Wire" });
  expect(document.activeElement).toBe(document.body);
});

it("says why there is nothing yet, and how much is kept", async () => {
  await setUp();
  expect(screen.getByText(/^No calls yet/)).toBeDefined();
  expect(screen.getByText("The latest 1.0 MB are kept, in the memory of this page alone.")).toBeDefined();
});

it("shows the calls that were made before it was opened, and what an open one does from then on", async () => {
  const { change, evaluate, openSteps, step } = await setUp({ open: false });
  evaluate("2+2");
  const call = openSteps();
  step(call, "1");
  await openPanel();
  const list = within(screen.getByRole("grid", { name: "Calls" }));
  expect(list.getByRole("row", { name: /Evaluate .* 0 OK .* 2 frames/ })).toBeDefined();
  await change(() => step(call, "2"));
  expect(list.getByRole("row", { name: /EvaluateSteps .* open .* 2 frames/ })).toBeDefined();
});

it("lists calls as they happen", async () => {
  const { change, evaluate, openSteps, step, environment } = await setUp();
  await change(() => evaluate("2+2"));
  const call = openSteps();
  await change(() => step(call, "1"));
  const list = within(screen.getByRole("grid", { name: "Calls" }));
  expect(list.getByRole("row", { name: /Connect JSON Evaluate .* unary 0 OK .* 2 frames/ })).toBeDefined();
  expect(list.getByRole("row", { name: /EvaluateSteps .* server stream open/ })).toBeDefined();
  await act(() => environment.advance(1_500));
  expect(list.getByRole("row", { name: /EvaluateSteps .* open 1\.50 s/ })).toBeDefined();
  await change(() => call.ended({ kind: "failed", reason: "cut" }));
  expect(list.getByRole("row", { name: /EvaluateSteps .* no connection/ })).toBeDefined();
});

it("shows a call in full: its frames, decoded and in hex, and its headers", async () => {
  const { change, evaluate } = await setUp();
  await change(() => evaluate("2+2"));
  await userEvent.click(screen.getByRole("row", { name: /Evaluate/ }));
  const detail = within(screen.getByRole("region", { name: "Call Evaluate" }));
  const [sent, received] = detail.getAllByRole("listitem");
  expect(sent?.textContent).toMatch(/sent.*no flag message.*20 B.*"expression": "2\+2"/s);
  expect(received?.textContent).toMatch(/received.*no flag message.*13 B.*"value": "4"/s);
  expect(received?.textContent).toContain("00000000  7b 22 76 61 6c 75 65 22");
  expect(detail.getByRole("button", { name: "Copy as curl" })).toBeDefined();
  await userEvent.click(detail.getByRole("tab", { name: "Headers" }));
  const headers = within(detail.getByRole("region", { name: "Request headers" }));
  expect(headers.getByText("application/json")).toBeDefined();
});

it("goes from call to call with the arrow keys, and back to the list with Escape", async () => {
  const { change, evaluate } = await setUp();
  await change(() => evaluate("1"));
  await change(() => evaluate("2"));
  const [first, second] = rows();
  second?.focus();
  await userEvent.keyboard("{ArrowUp}");
  expect(document.activeElement).toBe(first);
  expect(screen.queryByRole("region", { name: "Call Evaluate" })).toBeNull();
  await userEvent.keyboard("{Enter}");
  expect(first?.getAttribute("aria-selected")).toBe("true");
  await userEvent.keyboard("{ArrowDown}");
  expect(second?.getAttribute("aria-selected")).toBe("true");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("region", { name: "Call Evaluate" })).toBeNull();
  expect(document.activeElement).toBe(second);
});

it("goes to the list by the keyboard to choose the call to compare with, and back with Escape", async () => {
  const { change, evaluate } = await setUp();
  await change(() => evaluate("1"));
  await change(() => evaluate("2"));
  const [first] = rows();
  first?.focus();
  await userEvent.keyboard("{Enter}");
  await pressCompare();
  expect(document.activeElement).toBe(first);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByText(/^Choose the call to compare/)).toBeNull();
  expect(screen.getByRole("region", { name: "Call Evaluate" })).toBeDefined();
});

it("goes to the row that Tab reaches where the filter leaves out the call to compare, and to the list where it leaves out all", async () => {
  const { change, evaluate, openSteps } = await setUp();
  await change(() => evaluate("1"));
  await change(() => openSteps());
  await userEvent.click(screen.getByRole("row", { name: /Evaluate .* unary/ }));
  await userEvent.type(screen.getByRole("searchbox", { name: "Filter calls" }), "stream");
  await pressCompare();
  expect(document.activeElement).toBe(screen.getByRole("row", { name: /EvaluateSteps/ }));
  await userEvent.keyboard("{Escape}");
  await userEvent.type(screen.getByRole("searchbox", { name: "Filter calls" }), "nothing");
  await pressCompare();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByText(/^Choose the call to compare/)).toBeNull();
});

it("has the focus in the comparison where that takes the place of the list", async () => {
  onTestFinished(setWidth(320));
  const { change, evaluate } = await setUp();
  await change(() => evaluate("1"));
  await change(() => evaluate("2"));
  const [first, second] = rows();
  first?.focus();
  await userEvent.keyboard("{Enter}");
  await pressCompare();
  second?.focus();
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("region", { name: "Comparison" }));
});

it("filters, pauses and clears", async () => {
  const { change, evaluate, openSteps } = await setUp();
  await change(() => evaluate("1"));
  await change(() => openSteps());
  await userEvent.type(screen.getByRole("searchbox", { name: "Filter calls" }), "stream open");
  expect(rows()).toHaveLength(1);
  await userEvent.clear(screen.getByRole("searchbox", { name: "Filter calls" }));
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(rows()).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  expect(() => evaluate("2")).toThrow("not recorded");
  await userEvent.click(screen.getByRole("button", { name: "Resume" }));
  await change(() => evaluate("3"));
  expect(rows()).toHaveLength(2);
});

it("is as high as the arrow keys make it", async () => {
  await setUp();
  const handle = screen.getByRole("separator", { name: "Height of the wire panel" });
  const height = Number(handle.getAttribute("aria-valuenow"));
  handle.focus();
  await userEvent.keyboard("{ArrowUp}");
  expect(Number(handle.getAttribute("aria-valuenow"))).toBe(height + 32);
  await userEvent.keyboard("{End}");
  expect(handle.getAttribute("aria-valuenow")).toBe(handle.getAttribute("aria-valuemin"));
});
